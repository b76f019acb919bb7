"""Places in a text: Python counts characters, Qt counts UTF-16 units, and an emoji is two."""

from collections.abc import Mapping, Sequence


def to_qt(text: str, index: int) -> int:
    """The position in a QTextDocument of character ``index`` of its text."""
    if text.isascii():
        return index
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


def from_qt(text: str, position: int) -> int:
    """The character of ``text`` at a QTextDocument's position."""
    if text.isascii():
        return min(position, len(text))
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * position]
    return len(units.decode("utf-16-le", "surrogatepass" if len(units) < 2 else "ignore"))


def filled_places(
    text: str, names: Sequence[str], values: Mapping[str, object]
) -> tuple[tuple[int, int], ...]:
    """Where the values of placeholders stand in a filled text, as (start, end), in order.

    ``names`` are dotted ("customer.first_name"); values of one letter are too common to be told
    from the text around them and are left out.
    """
    taken: list[tuple[int, int]] = []
    shown = {_value(values, name) for name in names}
    for value in sorted(shown, key=len, reverse=True):
        start = text.find(value) if len(value) > 1 else -1
        while start >= 0:
            end = start + len(value)
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
            start = text.find(value, end)
    return tuple(sorted(taken))


def _value(values: Mapping[str, object], name: str) -> str:
    found: object = values
    for part in name.split("."):
        if not isinstance(found, Mapping):
            return ""
        found = found.get(part)
    return "" if found is None or isinstance(found, Mapping) else str(found)
