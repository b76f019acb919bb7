"""Pictures of the Inbox in every state: `python3 dev.py pictures FOLDER [WORD]`."""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from deskapp.app import sample
from deskapp.ui.application import prepare_application
from deskapp.ui.pictures import without_platform_noise

from . import (
    approvals,
    assigning,
    both_values,
    conversations,
    customer_files,
    desk_away,
    desk_move,
    dialogs,
    joining,
    lists,
    meanwhile,
    order_work,
    orders,
    records,
    sources,
    staff,
    together,
)
from .camera import Camera
from .stage import Stage

SCALES = ("1", "2")
INDEX = "index.md"
_SCENES = (
    lists,
    conversations,
    dialogs,
    records,
    sources,
    customer_files,
    orders,
    order_work,
    together,
    approvals,
    assigning,
    joining,
    desk_away,
    meanwhile,
    both_values,
    staff,
    desk_move,
)


def main(folder: Path, word: str) -> int:
    """Takes them once for each scale, which Qt reads at its start, and lists all of them."""
    worst = 0
    for scale in SCALES:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        command = [sys.executable, "-m", "tests.gallery", str(folder), word, scale]
        worst = max(worst, subprocess.call(command, env=environment))
    write_index(folder)
    return worst


def take(folder: Path, word: str, scale: str) -> int:
    """All states whose names hold ``word``, at one scale."""
    prepare_application(appearance="light")
    with ExitStack() as house:
        house.enter_context(without_platform_noise())
        room = Path(house.enter_context(tempfile.TemporaryDirectory(prefix="deskapp-pictures-")))
        windows = sample(room, house)
        stage = Stage(windows)
        windows.shell.show()
        camera = Camera(folder, scale, word, windows.shell)
        for scenes in _SCENES:
            scenes.play(stage, camera)
        windows.shell.close()
    return 0


def write_index(folder: Path) -> None:
    """One line for each state with its pictures, for the note that goes with them."""
    states: dict[str, list[str]] = {}
    for file in sorted(folder.glob("*.png")):
        state, _, look = file.stem.partition("@")
        states.setdefault(state, []).append(f"[{look}]({file.name})")
    lines = [f"- **{state}**: {' '.join(pictures)}" for state, pictures in states.items()]
    count = sum(len(pictures) for pictures in states.values())
    head = f"# {len(states)} states, {count} pictures"
    (folder / INDEX).write_text("\n".join([head, "", *lines]) + "\n", "utf-8")
    sys.stdout.write(f"{head.removeprefix('# ')}: {folder / INDEX}\n")


if __name__ == "__main__":
    place, asked, *scales = [*sys.argv[1:], ""][:3]
    sys.exit(take(Path(place), asked, scales[0]) if scales[0] else main(Path(place), asked))
