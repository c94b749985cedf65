"""Quotations out of a review: `stretches` finds them, `citations` their pages, `attribution` whom they are about."""
