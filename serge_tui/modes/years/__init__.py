"""Years: the chronology."""
