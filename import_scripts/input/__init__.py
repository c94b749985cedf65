"""Bounded, safe reading of files from outside."""
