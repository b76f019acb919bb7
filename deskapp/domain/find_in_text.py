"""Where words stand in a text, whatever their case and marks: "don hang" finds "Đơn hàng"."""

import unicodedata

from .folding import bare_letters

_ALIKE = {"й": "и"}  # text that keeps its marks apart has и and a mark


class _Bare(dict[int, str]):
    """The translation table of :func:`places`, filled letter by letter."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = bare_letters(letter)
        if letter.isspace():
            bare = " "
        elif not bare and unicodedata.category(letter)[0] != "M":
            bare = letter.casefold()  # a sign is looked for as it is
        self[code] = "".join(_ALIKE.get(one, one) for one in bare)
        return self[code]


_bare = _Bare()


def places(text: str, words: str) -> list[tuple[int, int]]:
    """(start, end) of each place with ``words``, in characters of ``text``; none overlap."""
    wanted = words.strip().translate(_bare)
    if not wanted or wanted not in text.translate(_bare):
        return []
    folded: list[str] = []
    origin: list[int] = []  # of each folded letter, the character that it came from
    for at, letter in enumerate(text):
        for one in _bare[ord(letter)]:
            folded.append(one)
            origin.append(at)
    origin.append(len(text))
    joined, found, at = "".join(folded), [], 0
    while (at := joined.find(wanted, at)) >= 0:
        last = at + len(wanted)
        found.append((origin[at], origin[last - 1] + 1))
        at = last
    return found
