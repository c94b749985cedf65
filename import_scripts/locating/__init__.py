"""Find quotations and half-remembered words in a text."""
