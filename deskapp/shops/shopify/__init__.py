"""Orders out of Shopify."""

from .session import ClientKeys, Session, Token, shopify_address
from .source import ShopifyOrders

__all__ = ["ClientKeys", "Session", "ShopifyOrders", "Token", "shopify_address"]
