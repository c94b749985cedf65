"""Quiz: rounds of questions."""
