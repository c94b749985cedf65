"""Progress: what has been read and what is still known, gathered and laid out. The figures come from the logs."""
