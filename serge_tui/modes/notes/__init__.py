"""Notes: all annotations, and what is to be reviewed."""
