"""What dev.py needs of the system: Debian's packages, a screen, a font, room in memory.

It works with any Python, before there is an environment.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMY = 8 << 30  # bytes of free memory; what passed is deleted, so that hardly 1 GB is in use

# Debian's names. What is missing is found by trying, not by asking the package list.
QT_LIBRARIES = "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libbrotli1"
SCREEN_LIBRARIES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1"
SCREEN_LIBRARIES += " libxkbcommon-x11-0 libwayland-cursor0"
CHINESE_FONT = "fonts-droid-fallback"
WINDOW_PACKAGES = f"{QT_LIBRARIES} {SCREEN_LIBRARIES} {CHINESE_FONT}".split()
TEST_PROGRAMS = {
    "dovecot": "dovecot-imapd",
    "initdb": "postgresql",
    "mariadbd": "mariadb-server-core",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "scrot": "scrot",
    "xdotool": "xdotool",
}

OPEN_WINDOW = "from PySide6.QtWidgets import QApplication; QApplication([])"
FIND_CHINESE = (
    "import sys; from PySide6.QtGui import QFontDatabase as F, QGuiApplication as A; a = A([]);"
    "sys.exit(F.WritingSystem.TraditionalChinese not in F.writingSystems())"
)


class Stop(Exception):
    """Ends the command with a sentence for the person who gave it."""


def has_display() -> bool:
    """True where windows can open: always on Windows and macOS."""
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & {*os.environ}
    return sys.platform != "linux" or bool(named)


def add_libraries(python: Path) -> None:
    """What Qt needs of the system: tried without a screen, then with the one that will be used."""
    if sys.platform == "linux" and not _works(python, OPEN_WINDOW, "offscreen"):
        add_packages(WINDOW_PACKAGES)
    elif sys.platform == "linux" and not _works(
        python, OPEN_WINDOW, os.environ.get("QT_QPA_PLATFORM")
    ):
        say("Qt can open no window here: packages are missing, or DISPLAY names no screen.")
        add_packages(SCREEN_LIBRARIES.split())


def add_test_programs() -> None:
    """The servers and the screen that the tests start."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *map(str, folders)])
    missing = [name for name in TEST_PROGRAMS if shutil.which(name, path=path) is None]
    add_packages([TEST_PROGRAMS[name] for name in missing])


def add_chinese_font(python: Path) -> None:
    """Without one all Chinese is boxes; that is worth a word, not a stop."""
    if sys.platform == "linux" and not _works(python, FIND_CHINESE, "offscreen"):
        try:
            add_packages([CHINESE_FONT])
        except Stop as reason:
            say(f"No font here draws Chinese. {reason}")


def _works(python: Path, program: str, platform: str | None) -> bool:
    environment = os.environ | ({"QT_QPA_PLATFORM": platform} if platform else {})
    command = [str(python), "-c", program]
    return subprocess.call(command, env=environment, stderr=subprocess.DEVNULL) == 0


def add_packages(packages: list[str]) -> None:
    """Installs Debian packages as root; anybody else is told what to run."""
    if not packages:
        return
    line = "apt-get install --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Stop(
            "System packages are missing. Debian calls them: "
            f"{' '.join(packages)}. Install what your system calls them, then try again."
        )
    if os.geteuid() != 0:
        raise Stop(f"System packages are missing. Please run:\n\n    sudo {line}\n\nand try again.")
    say(f"Installing system packages: {' '.join(packages)} …")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "-qq", "update"], env=environment)  # an old list may still do
    with services_asleep():
        if subprocess.call(["apt-get", "-qq", "-y", *line.split()[1:]], env=environment):
            raise Stop(f"apt-get could not install them; the lines above say why. It was: {line}")


@contextlib.contextmanager
def services_asleep() -> Iterator[None]:
    """Keeps new servers from starting: the tests start their own, and a container has no init.

    Debian asks /usr/sbin/policy-rc.d before it starts a service; 101 means no.
    """
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n", "ascii")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink(missing_ok=True)


def say(sentence: str) -> None:
    """What is going on, beside the output of the command itself."""
    print(sentence, file=sys.stderr, flush=True)


def use_memory() -> None:
    """Desks under test lie in memory where there is plenty: a commit waits for no disk then."""
    memory, told = Path("/dev/shm"), Path("/proc/meminfo")
    if not memory.is_dir() or not told.is_file() or "PYTEST_DEBUG_TEMPROOT" in os.environ:
        return
    lines = dict(line.split(":") for line in told.read_text("ascii").splitlines())
    free = int(lines["MemAvailable"].split()[0]) * 1024
    if min(shutil.disk_usage(memory).free, free) > ROOMY:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(memory)
