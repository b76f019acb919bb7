"""One file per order source, answering the protocol stated in domain/orders.py."""
