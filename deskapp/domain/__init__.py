"""Words and pure rules. Imports nothing of ours and does no I/O."""
