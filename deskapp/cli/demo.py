"""``deskapp demo``: the sample desk in its windows."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from .errors import FAILED
from .output import tell

app = typer.Typer()


@app.command()
def demo(
    picture: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write a PNG of each window there instead."),
    ] = None,
) -> None:
    """Open a sample desk in its windows; it is gone when they are closed."""
    if not has_display():
        if picture is None:
            tell(
                "There is no display here, so no window can open. `deskapp demo --picture FOLDER` "
                "writes a picture of each window instead."
            )
            raise typer.Exit(FAILED)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from deskapp.app import demo as show  # Qt, and only for this command

    raise typer.Exit(show(picture))


def has_display() -> bool:
    """Whether Qt can open windows: everywhere but on a Linux without a screen."""
    if not sys.platform.startswith("linux"):
        return True
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in wanted)
