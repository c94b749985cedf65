"""Read: the page, and everything one can do from it."""
