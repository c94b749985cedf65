"""Where quotations and half-remembered words stand in a text."""
