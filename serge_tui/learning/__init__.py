"""Learning over one library: the pure rooms of `serge_tui.study` joined to the database. Knows no screen and no widget.

Cards, quiz, progress and the command line all come here for the same cards, the same day and the same settings.
"""
