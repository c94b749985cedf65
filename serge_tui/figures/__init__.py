"""What the figures mode shows: who is in the list, in what order, and what stands on a figure's page."""
