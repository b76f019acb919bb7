"""Two people changed one canned reply at once: what both wanted, and where they disagree."""

from dataclasses import dataclass, replace
from typing import TypeVar

from .replies import CannedReply

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Merged:
    """``reply`` has what only one of them changed, and mine where both did, onto their version.

    ``fields`` and ``languages`` are where both did, and differently. ``theirs_kept``: something of
    theirs is in it that mine has not.
    """

    reply: CannedReply
    fields: tuple[str, ...] = ()  # name, folder, scope, actions, files
    languages: tuple[str, ...] = ()
    theirs_kept: bool = False

    @property
    def agree(self) -> bool:
        return not self.fields and not self.languages


def merged(base: CannedReply, mine: CannedReply, theirs: CannedReply) -> Merged:
    """``base`` is what both began with. A text taken out is a change like any other."""
    every = (base, mine, theirs)
    differ: dict[str, bool] = {}
    name, differ["name"] = _one(*(one.name for one in every))
    folder, differ["folder"] = _one(*(one.folder for one in every))
    scope, differ["scope"] = _one(*((one.owner, one.mailbox_id) for one in every))
    actions, differ["actions"] = _one(*(one.actions for one in every))
    files, differ["files"] = _one(*(one.files for one in every))
    before, here, there = (dict(one.texts) for one in every)
    texts = {
        tag: _one(before.get(tag), here.get(tag), there.get(tag))
        for tag in dict.fromkeys((*there, *here))
    }
    made = replace(
        theirs,
        name=name,
        folder=folder,
        owner=scope[0],
        mailbox_id=scope[1],
        actions=actions,
        files=files,
        texts=tuple((tag, text) for tag, (text, _) in texts.items() if text is not None),
    )
    return Merged(
        made,
        tuple(field for field, both in differ.items() if both),
        tuple(tag for tag, (_, both) in texts.items() if both),
        not tells_the_same(made, mine),
    )


def _one(base: V, mine: V, theirs: V) -> tuple[V, bool]:
    """What is to stand, and whether they disagree."""
    if mine in (base, theirs):
        return theirs, False
    return mine, theirs != base


def tells_the_same(one: CannedReply, other: CannedReply) -> bool:
    """Whether a person sees a difference: not of versions, nor of the order of languages."""
    return _told(one) == _told(other)


def _told(reply: CannedReply) -> CannedReply:
    return replace(reply, id=None, version=0, texts=tuple(sorted(reply.texts)))
