"""Pictures that a mail refers to, fetched so that their owner learns as little as possible."""

from .pictures import Fetched, fetch_pictures

__all__ = ["Fetched", "fetch_pictures"]
