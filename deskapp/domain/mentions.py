"""Whom a note calls by name: ``@Lan Trần``, ``＠王芳``, ``@lan`` where there is only one Lan."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from .folding_cjk import stands_alone
from .ids import AgentId

_calls = re.compile(r"(?<![0-9A-Za-z._+\-@])[@＠]\s?")  # not inside a mail address


def mentioned(text: str, staff: Sequence[tuple[AgentId, str]]) -> tuple[AgentId, ...]:
    """Those of ``staff`` (id, name) whom a note calls, each once, in the order of the text.

    A whole name, or one word of it that nobody else's name has; letter case does not matter, marks
    do (Lan is not Lân). The longest name that stands there counts.
    """
    handles = sorted(_handles(staff).items(), key=lambda known: -len(known[0]))
    folded = _even(text)
    found: dict[AgentId, None] = {}
    for call in _calls.finditer(folded):
        rest = folded[call.end() :]
        for handle, who in handles:
            if rest.startswith(handle) and _ends(handle, rest[len(handle) :]):
                found[who] = None
                break
    return tuple(found)


def begun_mention(before: str) -> str | None:
    """What stands behind the last @ while a name is being typed; None where there is no call.

    ``before``: the text in front of the caret.
    """
    near = before[-60:]
    calls = list(_calls.finditer(near))
    if not calls:
        return None
    begun = near[calls[-1].end() :]
    return None if "\n" in begun or len(begun) > 30 else begun


def _handles(staff: Sequence[tuple[AgentId, str]]) -> dict[str, AgentId]:
    names = {_even(" ".join(name.split())): who for who, name in staff if name.strip()}
    words = Counter(word for name in names for word in set(name.split()))
    alone = {
        word: who
        for name, who in names.items()
        for word in name.split()
        if words[word] == 1 and len(word) > 1
    }
    return alone | names


def _ends(handle: str, after: str) -> bool:
    """Han letters need no space behind them; others end where the word ends, and not at a dot in
    the middle of a host's name."""
    if not after or stands_alone(handle[-1]):
        return True
    if after[0].isalnum():
        return stands_alone(after[0])
    return not (after[0] in ".@" and after[1:2].isalnum())


def _even(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
