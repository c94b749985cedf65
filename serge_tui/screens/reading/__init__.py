"""The reader's flows, one a file; `serge_tui.screens.reader` puts them together."""
