"""The same house without windows: one file per command group."""
