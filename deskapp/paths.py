"""Where the program's own files are, and where a person's are."""

import json
import os
from collections.abc import Collection
from pathlib import Path

_ROOM = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """A file of resources/ by its name with slashes; in a checkout beside, in a wheel inside.

    Raises FileNotFoundError when it is in neither place.
    """
    for base in (_ROOM / "resources", _ROOM.parent / "resources"):
        if (found := base / name).exists():
            return found
    raise FileNotFoundError(f"the program's file resources/{name} is missing")


def home() -> Path:
    """The folder with settings, logs and the default desk; ``DESKAPP_HOME`` moves it."""
    moved = os.environ.get("DESKAPP_HOME")
    if moved:
        return Path(moved).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("deskapp", appauthor=False))


def default_desk() -> Path:
    """Where a desk is made when nobody says otherwise."""
    return home() / "desk.db"


def from_anywhere(address: str) -> str:
    """A desk's address as it means the same in any folder: a file's name with its whole path."""
    scheme = "sqlite:///" if address.startswith("sqlite:///") else ""
    if "://" in address and not scheme:
        return address
    return scheme + str(Path(address.removeprefix(scheme)).expanduser().absolute())


def unsaved() -> Path:
    """The folder with text of windows that the desk does not have yet (ui/compose/journal.py)."""
    return home() / "unsaved"


def forget_unsaved(folder: Path, desk: str, tickets: Collection[int]) -> int:
    """Deletes what windows keep in this folder of these tickets of a desk; how many files."""
    gone = 0
    for file in folder.glob("*/*.json"):
        try:
            told = json.loads(file.read_text("utf-8"))
            owner, [ticket, _] = str(told["owner"]), told["place"]
            if owner.partition("/")[0] == desk and ticket in tickets:
                file.unlink(missing_ok=True)
                gone += 1
        except (OSError, ValueError, KeyError, TypeError):
            continue  # not of ours, or gone meanwhile
    return gone
