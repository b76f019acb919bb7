"""Other people's servers, asked with care: pictures that a mail refers to, and the line itself."""

from .pictures import fetch_pictures

__all__ = ["fetch_pictures"]
