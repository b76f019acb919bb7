"""Where the program's own files are, and where a person's are."""

import os
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
