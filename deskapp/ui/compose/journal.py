"""Text that the Desk does not have yet, in files of this machine: a crash loses no more of it.

What a window left behind is read by the next one on the same desk, by the same agent.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from deskapp.domain.ids import TicketId
from deskapp.domain.mail import Address
from deskapp.domain.replies import Draft, OutgoingFile
from deskapp.ui.window_files import WindowFiles

log = logging.getLogger(__name__)

Place = tuple[TicketId, str]  # ticket and kind of draft
_PEOPLE, _TIMES = ("to", "cc", "bcc"), ("updated_at", "leave_at")


@dataclass(frozen=True, slots=True)
class Left:
    """A file of a window that ended. ``early``: text for a draft that had not come, else ""."""

    file: Path
    place: Place
    draft: Draft | None
    early: str


class Journal:
    """``owner`` names desk and agent. Where the folder cannot be written, nothing is kept."""

    def __init__(self, folder: Path, owner: str) -> None:
        self._files, self._owner = WindowFiles(folder), owner

    def keep(self, drafts: Mapping[Place, Draft], early: Mapping[Place, str]) -> None:
        """These, and nothing else, are what the Desk does not have."""
        wanted = {place: self._told(place, text=text) for place, text in early.items() if text}
        wanted |= {place: self._told(place, draft=draft) for place, draft in drafts.items()}
        self._files.keep({f"{ticket}-{kind}": told for (ticket, kind), told in wanted.items()})

    def left(self) -> list[Left]:
        """What ended windows left for this owner."""
        return [one for file in self._files.left() for one in self._read(file)]

    def settle(self, one: Left) -> None:
        """The Desk has it: its file goes."""
        self._files.settle(one.file)

    def release(self) -> None:
        """Another window may take what is kept here."""
        self._files.release()

    def _told(self, place: Place, draft: Draft | None = None, text: str = "") -> str:
        kept = None if draft is None else asdict(draft)
        told = {"owner": self._owner, "place": place, "early": text, "draft": kept}
        return json.dumps(told, default=datetime.isoformat)

    def _read(self, file: Path) -> Iterator[Left]:
        try:
            told = json.loads(file.read_text("utf-8"))
            if told["owner"] == self._owner:
                place = TicketId(told["place"][0]), str(told["place"][1])
                kept = told["draft"]
                draft = None if kept is None else read_back(kept)
                yield Left(file, place, draft, str(told["early"]))
        except (OSError, ValueError, KeyError, TypeError):
            log.warning("a file of unsaved text cannot be read and stays: %s", file.name)


def read_back(kept: Mapping[str, object]) -> Draft:
    """A draft out of its JSON. Raises KeyError, TypeError or ValueError for what is none."""
    known = {one.name for one in fields(Draft)}
    values: dict[str, object] = {name: kept[name] for name in kept if name in known}
    for name in _PEOPLE:
        values[name] = tuple(Address(**one) for one in _listed(kept[name]))
    values["files"] = tuple(OutgoingFile(**one) for one in _listed(kept["files"]))
    for name in _TIMES:
        at = kept.get(name)
        values[name] = None if at is None else datetime.fromisoformat(str(at))
    return Draft(**values)  # type: ignore[arg-type]


def _listed(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value
