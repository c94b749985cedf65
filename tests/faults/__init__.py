"""Kills at random moments: `python -m tests.faults N` kills N times and prints what stood and what was lost."""
