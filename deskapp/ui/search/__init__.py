"""The search field: operators completed and shown as chips."""
