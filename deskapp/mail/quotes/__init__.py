"""Folding what a reply repeats: the quoted mail and the signature. Folded, never deleted."""

from .fold import fold_html, fold_text

__all__ = ["fold_html", "fold_text"]
