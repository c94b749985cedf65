"""The years: Serge's life beside the history around it, and who was alive. No Textual in `chronology` and `people`."""
