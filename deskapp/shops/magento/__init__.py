"""Orders out of Magento and Adobe Commerce."""

from .session import Bearer, Session
from .signing import FourKeys
from .source import MagentoOrders

__all__ = ["Bearer", "FourKeys", "MagentoOrders", "Session"]
