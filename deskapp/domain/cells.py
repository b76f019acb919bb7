"""Cells of tables that a spreadsheet opens: no text of a stranger becomes a formula there.

OWASP, "CSV Injection": a cell is taken for a formula when it begins with = + - @, a tab or a
carriage return; full-width signs are the same to some programs. An apostrophe in front makes it
text. It is taken off again when the file comes back.
"""

import re

_BEGINS = frozenset("=+-@\t\r\n＝＋－＠|%")
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?")
_MARK = "'"


def safe_cell(text: str) -> str:
    """The text as it may stand in a CSV; ``plain_cell`` gives it back."""
    bare = text.lstrip(" \u00a0\u200b\ufeff\u3000")
    if not bare or _NUMBER.fullmatch(text):
        return text
    return _MARK + text if bare[0] in _BEGINS or bare.startswith(_MARK) else text


def plain_cell(text: str) -> str:
    """A cell without the apostrophe that kept it from being a formula, also as shops write it
    before postcodes and phones."""
    if not text.startswith(_MARK):
        return text
    bare = text[1:].lstrip(" \u00a0\u200b\ufeff\u3000")
    kept = bare[:1] in _BEGINS or bare.startswith(_MARK) or bare[:1].isdigit()
    return text[1:] if bare and kept else text
