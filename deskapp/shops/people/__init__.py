"""Files of customers: CSV of any shop or address book, xlsx, and vCards."""

from .reading import MOST_BYTES, preview_people, read_people

__all__ = ["MOST_BYTES", "preview_people", "read_people"]
