"""The first start: who are you, where does the desk lie, which mailbox; and forgotten passwords."""
