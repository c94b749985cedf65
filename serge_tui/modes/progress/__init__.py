"""Progress: what was read and what is remembered."""
