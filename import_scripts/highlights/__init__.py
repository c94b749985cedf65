"""Highlights of other readers: `record` is the neutral form, `place` stores them."""
