"""The Orders page: look an order up by whatever a customer has at hand; import order files."""
