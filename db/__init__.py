"""The database: tables, queries by name, and the study pack that ships with the program."""
