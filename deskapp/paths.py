"""Where the program's own files are."""

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
