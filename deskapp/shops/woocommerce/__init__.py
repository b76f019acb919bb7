"""Orders out of WooCommerce, and changing them there."""

from .acts import WooActs
from .session import RestKeys
from .source import WooOrders

__all__ = ["RestKeys", "WooActs", "WooOrders"]
