"""Settings: one list of everything that can be set, by section."""
