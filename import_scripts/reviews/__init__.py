"""Quotations in reviews: `stretches` finds them, `citations` their pages, `attribution` speakers and subjects."""
