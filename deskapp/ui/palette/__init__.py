"""The command palette: one field for everything that can be done or opened."""
