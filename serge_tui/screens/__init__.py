"""The screens: layout and flow, one file a mode."""
