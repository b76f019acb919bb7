"""Files of a window that are read by the next one when its process has ended without them.

Each window has a folder of its own, held by a lock that ends with its process.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile

log = logging.getLogger(__name__)

_LOCK = "window.lock"


class WindowFiles:
    """Texts by name. Where the folder cannot be written, nothing is kept, and the log says so."""

    def __init__(self, folder: Path) -> None:
        self._all = folder
        self._mine = folder / f"{os.getpid()}-{uuid4().hex[:8]}"
        self._lock: QLockFile | None = None
        self._kept: dict[str, str] = {}

    def keep(self, wanted: Mapping[str, str]) -> None:
        """These files and no others are this window's."""
        try:
            for name in self._kept.keys() - wanted.keys():
                self._file(name).unlink(missing_ok=True)
            for name, told in wanted.items():
                if self._kept.get(name) != told:
                    self._write(self._file(name), told)
        except OSError as error:
            log.warning("unsaved text could not be kept in a file: %s", error.strerror)
        self._kept = dict(wanted)

    def left(self) -> Iterator[Path]:
        """The files of windows that ended."""
        for folder in self._orphans():
            yield from sorted(folder.glob("*.json"))

    def settle(self, file: Path) -> None:
        """The file goes, with its folder when it was the last."""
        try:
            file.unlink(missing_ok=True)
            if not any(file.parent.iterdir()):
                file.parent.rmdir()
        except OSError as error:
            log.info("a file of unsaved text stays: %s", error.strerror)

    def release(self) -> None:
        """The window is closing: what it still keeps may be taken by another one."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock, self._kept = None, {}

    def _file(self, name: str) -> Path:
        return self._mine / f"{name}.json"

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
            if (folder != self._mine or self._lock is None) and lock.tryLock(0):
                lock.unlock()
                if any(folder.iterdir()):
                    yield folder
                else:
                    folder.rmdir()
