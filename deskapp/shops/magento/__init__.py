"""Orders out of Magento and Adobe Commerce, and changing them there."""

from .acts import MagentoActs
from .session import Bearer, Session
from .signing import FourKeys
from .source import MagentoOrders

__all__ = ["Bearer", "FourKeys", "MagentoActs", "MagentoOrders", "Session"]
