"""Orders out of Shopify, and changing them there."""

from .acts import ShopifyActs
from .session import ClientKeys, Session, Token
from .source import ShopifyOrders

__all__ = ["ClientKeys", "Session", "ShopifyActs", "ShopifyOrders", "Token"]
