"""Edits of canned replies that the Desk does not have yet, in files of this machine."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.domain.canned_merge import tells_the_same
from deskapp.domain.ids import CannedId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions, CannedReply, OutgoingFile
from deskapp.domain.snoozing import SnoozeTime, SnoozeWish
from deskapp.ui.window_files import WindowFiles

from .editing import EMPTY, Editing

if TYPE_CHECKING:
    from deskapp.desk import Desk

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LeftEdit:
    """What an ended window left: the reply as it had been kept, and as it was written."""

    file: Path
    base: CannedReply
    wanted: CannedReply


class EditFiles:
    """``owner`` names desk and agent."""

    def __init__(self, folder: Path, owner: str) -> None:
        self._files, self._owner = WindowFiles(folder), owner

    def keep(self, edits: Iterable[Editing]) -> None:
        """These, and nothing else, are what the Desk does not have."""
        self._files.keep({f"edit-{at}": self._told(one) for at, one in enumerate(edits)})

    def left(self) -> list[LeftEdit]:
        """What ended windows left for this owner."""
        found = [self._read(file) for file in self._files.left()]
        return [one for one in found if one is not None]

    def settle(self, one: LeftEdit) -> None:
        """It is in the Desk, or kept by this window."""
        self._files.settle(one.file)

    def release(self) -> None:
        """Another window may take what is kept here."""
        self._files.release()

    def _told(self, editing: Editing) -> str:
        told = {"base": asdict(editing.kept), "wanted": asdict(editing.wanted())}
        return json.dumps({"owner": self._owner, **told})

    def _read(self, file: Path) -> LeftEdit | None:
        try:
            told = json.loads(file.read_text("utf-8"))
            if told["owner"] != self._owner:
                return None
            return LeftEdit(file, _reply(told["base"]), _reply(told["wanted"]))
        except (OSError, ValueError, KeyError, TypeError):
            log.warning("a file of unsaved text cannot be read and stays: %s", file.name)
            return None


def still_unsaved(desk: "Desk", left: LeftEdit) -> Editing | None:
    """What of it the Desk does not have; None where it was saved after all. Blocks.

    For a reply that is gone it becomes a new one.
    """
    wanted, base = left.wanted, left.base
    try:
        there = desk.canned.get(_place(desk, wanted))
        if tells_the_same(there, wanted):
            return None
    except Problem as problem:
        if problem.kind is not ProblemKind.NOT_FOUND:
            raise
        base = EMPTY
    editing = Editing.of(base)
    editing.take(wanted)
    return editing


def _place(desk: "Desk", wanted: CannedReply) -> CannedId:
    return wanted.id if wanted.id is not None else desk.canned.by_name(wanted.name)


def _reply(told: Mapping[str, Any]) -> CannedReply:
    """Out of its JSON. Raises KeyError, TypeError or ValueError for what is none."""
    acts, wish = told["actions"], told["actions"]["snooze"]
    actions = CannedActions(
        status=TicketStatus(acts["status"]) if acts["status"] else None,
        to_me=bool(acts["to_me"]),
        assignee=acts["assignee"],
        add_tags=tuple(acts["add_tags"]),
        remove_tags=tuple(acts["remove_tags"]),
        snooze=SnoozeWish(SnoozeTime(wish["at"]) if wish["at"] else None, wish["on_reply"]),
    )
    return CannedReply(
        **{
            **told,
            "texts": tuple((str(tag), str(text)) for tag, text in told["texts"]),
            "actions": actions,
            "files": tuple(OutgoingFile(**file) for file in told["files"]),
        }
    )
