"""How well a few typed letters fit a name: for a palette, where people type parts and initials."""

_WHOLE, _START, _WORD_START, _INSIDE, _SCATTERED = 100, 80, 60, 40, 20


def fuzzy_score(typed: str, name: str) -> int:
    """0 when ``typed`` does not fit, else more the better it fits.

    Both are bare letters (``folding.bare_letters``). Every word of ``typed`` has to fit: as a
    word's start, inside a word, or its letters in their order, the first of them at a word's
    start ("gti" fits "go to inbox"). Shorter names win among equals.
    """
    words = typed.split()
    if not words:
        return 1
    least = min(_word_score(word, name) for word in words)
    if not least:
        return 0
    if " ".join(words) == name:
        least = _WHOLE
    elif name.startswith(" ".join(words)):
        least = max(least, _START)
    return least * 100 + max(0, 99 - len(name))


def _word_score(word: str, name: str) -> int:
    if name.startswith(word):
        return _START
    if f" {word}" in name:
        return _WORD_START
    if word in name:
        return _INSIDE
    return _SCATTERED if _scattered(word, name) else 0


def _scattered(word: str, name: str) -> bool:
    """Whether the letters stand in the name in this order, beginning at the start of a word."""
    starts = [0, *(at + 1 for at, letter in enumerate(name) if letter == " ")]
    return any(
        name[start : start + 1] == word[:1] and _in_order(word, name, start) for start in starts
    )


def _in_order(word: str, name: str, start: int) -> bool:
    at = start
    for letter in word:
        at = name.find(letter, at) + 1
        if not at:
            return False
    return True
