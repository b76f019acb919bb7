"""The Inbox: views with counts, the list, the conversation, the customer and order card."""
