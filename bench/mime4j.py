"""Agreement with the leaves that apache mime4j finds: their number, order and decoded bytes."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.readers import READERS
from deskapp.mail.parse.tree import Part, leaves, read_tree

_LEAF = re.compile(r'<(?:text|binary)-body name="([^"]+)"')


def our_leaves(raw: bytes, depth: int = 0) -> Iterator[bytes]:
    """The decoded leaves in order; a mail within is walked too, as mime4j does."""
    for part in leaves(read_tree(raw, [])):
        if part.content_type == "message/rfc822" and depth < 20 and not _is_root(part, raw, depth):
            yield from our_leaves(part.decoded(), depth + 1)
        else:
            yield part.decoded()


def _is_root(part: Part, raw: bytes, depth: int) -> bool:
    return depth > 0 and part.body == raw


def stdlib_leaves(reader: str) -> Callable[[bytes], list[bytes]]:
    """The leaves of one of the standard library's readers."""
    return lambda raw: READERS[reader](raw).bodies


COLUMNS: dict[str, Callable[[bytes], list[bytes]]] = {
    "ours": lambda raw: list(our_leaves(raw)),
    "stdlib default, walk": stdlib_leaves("stdlib default, walk"),
    "stdlib compat32": stdlib_leaves("stdlib compat32"),
}


def score(folder: Path, column: str) -> tuple[int, int, list[tuple[str, str]]]:
    """(mails, mails whose every leaf is equal, differences as (name, what))."""
    right = 0
    differences: list[tuple[str, str]] = []
    paths = sorted((folder / "core/src/test/resources/testmsgs").glob("*.msg"))
    for path in paths:
        answer = path.with_name(f"{path.stem}_decoded.xml").read_text("utf-8", "replace")
        wanted = [path.with_name(name).read_bytes() for name in _LEAF.findall(answer)]
        try:
            found = COLUMNS[column](path.read_bytes())
        except Exception as fault:  # noqa: BLE001 (a peer's crash is what is counted)
            differences.append((path.stem, f"crash {fault!r}"))
            continue
        if [_lines(each) for each in wanted] == [_lines(each) for each in found]:
            right += 1
        else:
            differences.append((path.stem, _difference(wanted, found)))
    return len(paths), right, differences


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _difference(wanted: list[bytes], found: list[bytes]) -> str:
    if len(wanted) != len(found):
        return f"{len(wanted)} leaves wanted, {len(found)} found"
    pairs = zip(wanted, found, strict=True)
    spot, (one, other) = next(
        (spot, pair) for spot, pair in enumerate(pairs) if _lines(pair[0]) != _lines(pair[1])
    )
    return f"leaf {spot}: {len(one)} bytes {one[-40:]!r} wanted, {len(other)} {other[-40:]!r} found"
