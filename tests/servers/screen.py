"""A real X screen with a window manager, for pictures and for keys typed from outside."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.process import need


@dataclass(frozen=True)
class Screen:
    """A running Xvfb; give `display` as DISPLAY to the program under test."""

    display: str

    def environment(self) -> dict[str, str]:
        """This process's environment, aimed at the screen."""
        return os.environ | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def picture(self, file: Path) -> None:
        """Writes what the screen shows now as a PNG."""
        command = [need("scrot"), "--overwrite", str(file)]
        subprocess.run(command, env=self.environment(), check=True, timeout=20)


@pytest.fixture
def screen() -> Iterator[Screen]:
    """1400 x 900 points with openbox."""
    with opened_screen("1400x900") as shown:
        yield shown


@contextmanager
def opened_screen(size: str) -> Iterator[Screen]:
    """A screen of WIDTHxHEIGHT points, on a display number that Xvfb chose itself."""
    server, manager = need("Xvfb"), need("openbox")
    reading, writing = os.pipe()
    options = ["-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
    xvfb = subprocess.Popen(
        [server, "-displayfd", str(writing), *options],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()  # empty when Xvfb ended instead
        if not number:
            raise RuntimeError("Xvfb did not start")
        shown = Screen(f":{number}")
        openbox = subprocess.Popen([manager], env=shown.environment(), stderr=subprocess.DEVNULL)
        try:
            yield shown
        finally:
            openbox.terminate()
            openbox.wait(10)
    finally:
        xvfb.terminate()
        xvfb.wait(10)
