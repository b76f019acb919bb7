"""The Settings page: one section each for mailboxes, staff, signatures, look, data and about."""
