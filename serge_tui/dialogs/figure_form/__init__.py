"""The form for correcting or adding a figure."""
