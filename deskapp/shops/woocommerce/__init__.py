"""Orders out of WooCommerce."""

from .source import RestKeys, WooOrders

__all__ = ["RestKeys", "WooOrders"]
