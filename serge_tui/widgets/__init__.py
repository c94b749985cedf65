"""The widgets: one visible thing a file. They know no screen and no app."""
