"""The Canned replies window."""
