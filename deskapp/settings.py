"""What this program on this machine remembers: typed, versioned, one small JSON file."""

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from . import paths

log = logging.getLogger(__name__)

VERSION = 1
_FILE = "settings.json"


@dataclass(slots=True)
class Settings:
    """Settings of one person on one machine. A team's settings are in its desk.

    ``appearance`` is system, light or dark; ``density`` comfortable or compact;
    ``undo_seconds`` is how long a reply can be taken back, 0 to 120. ``folder`` is where they are
    kept, None for the person's own; it is not itself a setting. ``key_preset`` and ``own_keys``
    (action id to keys) are what ``ui.keys`` reads. ``notify`` switches notices by name;
    ``quiet_from`` and ``quiet_until`` are "HH:MM" on this computer's clock, "" for never;
    ``private_notices`` keeps names and subjects out of them; no new tickets and answers are told of
    the ``silent_mailboxes`` (addresses), and with a ``notify_view`` only new tickets that it shows.
    ``moved_from`` is where the desk was before it was moved.
    """

    desk_url: str = ""
    moved_from: str = ""
    agent_name: str = ""
    appearance: str = "system"
    density: str = "comfortable"
    language: str = ""
    undo_seconds: int = 15
    key_preset: str = "default"
    own_keys: dict[str, list[str]] = field(default_factory=dict)
    notify: dict[str, bool] = field(default_factory=dict)
    quiet_from: str = ""
    quiet_until: str = ""
    private_notices: bool = True
    silent_mailboxes: list[str] = field(default_factory=list)
    notify_view: str = ""
    close_to_tray: bool = False
    folder: Path | None = field(default=None, compare=False)

    @property
    def home(self) -> Path:
        """The folder with the settings' file."""
        return self.folder or paths.home()

    def open_at(self, place: str) -> None:
        """The desk that opens from now on; of another one nobody knows where it was before."""
        if place != self.desk_url:
            self.desk_url, self.moved_from = place, ""

    def save(self) -> None:
        """Writes the file whole or not at all. Raises OSError."""
        target = self.home / _FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        stored = {"version": VERSION, **asdict(self)}
        del stored["folder"]
        unfinished.write_text(json.dumps(stored, indent=2, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(target)


def load() -> Settings:
    """Reads the settings. A damaged file is kept beside under another name, and defaults rule."""
    source = paths.home() / _FILE
    try:
        stored = json.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        log.warning("the settings file could not be read; defaults are used")
        _set_aside(source)
        return Settings()
    return _from(stored if isinstance(stored, dict) else {})


def _from(stored: dict[str, Any]) -> Settings:
    found = Settings()
    for one in fields(Settings):
        if one.name == "folder":
            continue
        value = stored.get(one.name)
        if isinstance(value, type(getattr(found, one.name))):
            setattr(found, one.name, value)
    if found.appearance not in ("system", "light", "dark"):
        found.appearance = "system"
    if found.density not in ("comfortable", "compact"):
        found.density = "comfortable"
    found.own_keys = {
        name: keys
        for name, keys in found.own_keys.items()
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    }
    found.notify = {name: on for name, on in found.notify.items() if isinstance(on, bool)}
    found.silent_mailboxes = [one for one in found.silent_mailboxes if isinstance(one, str)]
    found.undo_seconds = min(max(found.undo_seconds, 0), 120)
    return found


def _set_aside(source: Path) -> None:
    try:
        source.replace(source.with_suffix(".damaged"))
    except OSError:
        log.warning("the damaged settings file could not be set aside")
