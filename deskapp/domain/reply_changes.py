"""What a reply said before and after somebody changed it, and the difference between the two."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from .mail import Address
from .replies import Draft, OutgoingFile
from .rich_reader import read_draft

_One = TypeVar("_One")
_LONGEST = 20_000  # words; a text beyond it is shown as one that was replaced
# A word, a run of space, or one sign: Chinese, kana and hangul are compared letter by letter.
_WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]|"
    r"[^\W_\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+(?:[\u0300-\u036f]+\w*)*|\s+|.",
    re.DOTALL,
)


class Edit(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a reply said at one time: its words and their forms, whom it went to (with the role:
    to, cc, bcc), and its files."""

    body: str
    html: str = ""
    people: tuple[tuple[str, Address], ...] = ()
    files: tuple[OutgoingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Altered:
    """What became of each part. ``forms``: the words stayed, only bold, lists or links did not."""

    text: tuple[Piece, ...]
    people: tuple[tuple[Edit, str, Address], ...]
    files: tuple[tuple[Edit, OutgoingFile], ...]
    forms: bool


def version_of(draft: Draft) -> Version:
    """A draft as it would leave now."""
    listed = (("to", draft.to), ("cc", draft.cc), ("bcc", draft.bcc))
    people = tuple((role, one) for role, some in listed for one in some)
    return Version(draft.body, "" if draft.plain else draft.html, people, draft.files)


def is_other(before: Version, after: Version) -> bool:
    """Whether anything of it was changed."""
    return _kept(before) != _kept(after)


def altered(before: Version, after: Version) -> Altered:
    """What was changed, part by part; people and files that stayed are not named."""
    same_words = before.body == after.body
    return Altered(
        difference(before.body, after.body),
        tuple((edit, *one) for edit, one in _lists(before.people, after.people, _who)),
        tuple(_lists(before.files, after.files, _which)),
        same_words and _forms(before) != _forms(after),
    )


def _kept(one: Version) -> tuple[object, ...]:
    return one.body, _forms(one), {*map(_who, one.people)}, {*map(_which, one.files)}


def _forms(one: Version) -> object:
    return read_draft(one.body, one.html)


def _who(one: tuple[str, Address]) -> Hashable:
    return one[0], one[1].key


def _which(one: OutgoingFile) -> Hashable:
    return one.filename, one.sha256


def _lists(
    before: Sequence[_One], after: Sequence[_One], key: Callable[[_One], Hashable]
) -> list[tuple[Edit, _One]]:
    was, now = {*map(key, before)}, {*map(key, after)}
    gone = [(Edit.REMOVED, one) for one in before if key(one) not in now]
    return gone + [(Edit.ADDED, one) for one in after if key(one) not in was]


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What to take out of ``before`` and put in to get ``after``, word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _LONGEST:
        whole = (Piece(Edit.REMOVED, before), Piece(Edit.ADDED, after))
        return whole if before != after else (Piece(Edit.KEPT, before),)
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece(Edit.KEPT, "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece(Edit.REMOVED, "".join(old[a:b])))
        if c < d:
            found.append(Piece(Edit.ADDED, "".join(new[c:d])))
    return tuple(found)
