"""What the windows may load before their first rows stand (DESIGN section 7)."""

import os
import subprocess
import sys
from pathlib import Path

from deskapp.wiring import open_house

HEAVY = (
    "alembic",
    "imapclient",
    "keyring",
    "liquid",
    "numpy",
    "openpyxl",
    "opencc",
    "psycopg",
    "py3langid",
    "typer",
)
START = """
import sys
from contextlib import ExitStack
from PySide6.QtCore import QTimer
from deskapp import app
from deskapp.secrets import OpenedLater
from deskapp.settings import Settings
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.pictures import settle
from deskapp.wiring import open_house

prepare_application()
with ExitStack() as house:
    bridge = Bridge()
    desk = open_house(sys.argv[1], announce=bridge.changed.emit)
    house.callback(desk.close)
    shell = app.build(desk, bridge, Settings(), OpenedLater(), house).shell
    shell.show()
    settle(shell)
    print([name for name in sys.argv[2:] if name in sys.modules])
    shell.close()
"""


def test_windows_open_without_loading_what_only_later_work_needs(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    open_house(place, create=True).close()
    done = subprocess.run(
        [sys.executable, "-c", START, place, *HEAVY],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "DESKAPP_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.stdout.strip() == "[]"
