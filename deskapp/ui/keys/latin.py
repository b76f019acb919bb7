"""The key that was meant on a layout without Latin letters, found by its place.

Qt compares characters: on a Russian layout Ctrl+К is not Ctrl+R, though it is the same key.
"""

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

_PLACES = (
    ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`"),  # Russian
    ("ІЇЄҐЎ", "S]'\\O"),  # Ukrainian, Belarusian
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),  # Greek
)
_BY_PLACE = {
    letter: latin
    for letters, latins in _PLACES
    for letter, latin in zip(letters, latins, strict=True)
}


def latin_key(event: QKeyEvent) -> QKeyCombination | None:
    """What the same key gives on a Latin layout, with the same modifiers.

    None for a key that is Latin already, or whose place is not known. Windows names the place by
    the virtual key, also where the character is not in our table; elsewhere that number means
    something else.
    """
    code = event.key()
    if code < 0x80 or code >= Qt.Key.Key_Escape:
        return None
    latin = _BY_PLACE.get(chr(code).upper())
    if latin is None and sys.platform == "win32":
        virtual = event.nativeVirtualKey()
        latin = chr(virtual) if chr(min(virtual, 0x7F)).isalnum() and virtual < 0x80 else None
    return None if latin is None else QKeyCombination(event.modifiers(), Qt.Key(ord(latin)))
