"""Text that the Desk does not have yet, in files of this machine: a crash loses no more of it.

A window has a folder of its own, held by a lock that ends with its process. What another one left
behind is read by the next window on the same desk, by the same agent.
"""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QLockFile

from deskapp.domain.ids import TicketId
from deskapp.domain.mail import Address
from deskapp.domain.replies import Draft, OutgoingFile

log = logging.getLogger(__name__)

Place = tuple[TicketId, str]  # ticket and kind of draft
_LOCK = "window.lock"
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
        self._all, self._owner = folder, owner
        self._mine = folder / f"{os.getpid()}-{uuid4().hex[:8]}"
        self._lock: QLockFile | None = None
        self._kept: dict[Place, str] = {}

    def keep(self, drafts: Mapping[Place, Draft], early: Mapping[Place, str]) -> None:
        """These, and nothing else, are what the Desk does not have."""
        wanted = {place: self._told(place, text=text) for place, text in early.items() if text}
        wanted |= {place: self._told(place, draft=draft) for place, draft in drafts.items()}
        try:
            for place in self._kept.keys() - wanted.keys():
                self._file(place).unlink(missing_ok=True)
            for place, told in wanted.items():
                if self._kept.get(place) != told:
                    self._write(self._file(place), told)
        except OSError as error:
            log.warning("unsaved text could not be kept in a file: %s", error.strerror)
        self._kept = wanted

    def left(self) -> list[Left]:
        """What ended windows left for this owner."""
        return [one for folder in self._orphans() for one in self._read(folder)]

    def settle(self, one: Left) -> None:
        """The Desk has it: its file goes, with the folder when that was the last."""
        try:
            one.file.unlink(missing_ok=True)
            if not any(one.file.parent.iterdir()):
                one.file.parent.rmdir()
        except OSError as error:
            log.info("a file of unsaved text stays: %s", error.strerror)

    def _told(self, place: Place, draft: Draft | None = None, text: str = "") -> str:
        kept = None if draft is None else asdict(draft)
        told = {"owner": self._owner, "place": place, "early": text, "draft": kept}
        return json.dumps(told, default=datetime.isoformat)

    def _file(self, place: Place) -> Path:
        return self._mine / f"{place[0]}-{place[1]}.json"

    def _write(self, file: Path, told: str) -> None:
        """The old file or the new one is there at any moment, whole."""
        if self._lock is None:
            self._mine.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = QLockFile(str(self._mine / _LOCK))
            self._lock.setStaleLockTime(0)  # only the end of its process ends it
            self._lock.tryLock(0)
        beside = file.with_suffix(".new")
        beside.write_text(told, "utf-8")
        beside.replace(file)

    def _orphans(self) -> Iterator[Path]:
        for folder in sorted(self._all.glob("*-*")):
            lock = QLockFile(str(folder / _LOCK))
            lock.setStaleLockTime(0)
            if folder != self._mine and lock.tryLock(0):
                lock.unlock()
                if any(folder.iterdir()):
                    yield folder
                else:
                    folder.rmdir()

    def _read(self, folder: Path) -> Iterator[Left]:
        for file in sorted(folder.glob("*.json")):
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
