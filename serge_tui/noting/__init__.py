"""What is done with notes: narrowing a list of them, the links in them. Pure: no Textual, no SQL."""
