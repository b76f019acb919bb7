"""The newest seal of each desk's audit that this machine saw: who cuts the end of an audit off, or
makes its chain anew, cannot reach these files."""

import json
import logging
from pathlib import Path

from . import paths
from .domain.audit import Head

log = logging.getLogger(__name__)

_FILE = "audit-heads.json"


class Heads:
    """What is known here of one desk, by its identity."""

    def __init__(self, desk: str, folder: Path | None = None) -> None:
        self._desk = desk
        self._file = (folder or paths.home()) / _FILE

    def seen(self) -> Head:
        """Of a desk never looked at: the head of an empty chain, which contradicts nothing."""
        match self._all().get(self._desk):
            case [int(number), str(seal)]:
                return Head(number, seal)
        return Head()

    def keep(self, head: Head) -> None:
        """Writes a head down. Raises OSError."""
        if head == self.seen():
            return
        known = {**self._all(), self._desk: [head.number, head.seal]}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_suffix(".part")
        unfinished.write_text(json.dumps(known, indent=2), encoding="utf-8")
        unfinished.replace(self._file)

    def _all(self) -> dict[str, object]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            log.warning("the seals of audits seen from here could not be read")
            return {}
        return known if isinstance(known, dict) else {}
