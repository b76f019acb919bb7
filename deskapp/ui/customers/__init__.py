"""The Customers page: the list, and the record of one person."""
