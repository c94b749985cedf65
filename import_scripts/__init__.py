"""From files to the database: one module for each kind of source."""
