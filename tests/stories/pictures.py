"""Pictures of the stories: `python3 dev.py stories FOLDER`."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskapp.ui.pictures import grab, settle
from deskapp.ui.shell import Shell
from deskapp.ui.theme import Appearance, theme
from tests.servers.screen import opened_screen

FOLDER = "DESKAPP_PICTURES"
SIZES = ((1440, 900), (1000, 700))
STORIES = ("test_canned_reply.py", "test_faster_colleague.py", "test_sent_offline.py")


def picture(shell: Shell, name: str, beside: QWidget | None = None, *, sizes: int = 2) -> None:
    """The window in each size, light and dark, where DESKAPP_PICTURES names a folder.

    ``beside``: another window that stands over it, drawn by itself. ``sizes``: 1 where something
    is open that a change of size would close.
    """
    if not (kept := os.environ.get(FOLDER)):
        return
    before = shell.size()
    for size in SIZES[:sizes]:
        shell.resize(*size)
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            theme().choose(appearance)
            shell.page("inbox").conversation.composer.flush()  # type: ignore[attr-defined]
            settle(shell)
            stem = f"{name}-{size[0]}-{appearance.value}"
            grab(shell, Path(kept) / f"{stem}.png")
            if beside is not None and size == SIZES[0]:
                grab(beside, Path(kept) / f"{stem}-beside.png")
    theme().choose(Appearance.LIGHT)
    shell.resize(before)
    settle(shell)


def main(folder: str) -> int:
    """Tells the stories on a screen with a window manager, and keeps their pictures."""
    with opened_screen("1600x1000") as screen:
        os.environ.update(screen.environment() | {FOLDER: str(Path(folder).absolute())})
        files = [str(Path(__file__).parent / name) for name in STORIES]
        return subprocess.call([sys.executable, "-m", "pytest", "-q", "-k", "postgresql", *files])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
