"""The pure rooms: typesetting, name finder, study, export. No Textual, no SQL."""
