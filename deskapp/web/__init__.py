"""Pictures that a mail refers to, fetched so that their owner learns as little as possible."""

from .pictures import fetch_pictures

__all__ = ["fetch_pictures"]
