"""Cards: review sessions."""
