"""Reading: where one is in a text, what is there, and how far it is to somewhere else. No Textual in here."""
