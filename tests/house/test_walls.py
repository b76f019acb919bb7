"""The arrows between the rooms, as import-linter reads them from pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command as go; go()"

# A line that each wall must refuse, and the module it is written into.
LEANS = {
    "Arrows point down": ("domain/kinds.py", "import deskapp.data"),
    "Windows know the desk": ("ui/__init__.py", "import deskapp.mail.parse"),
    "Commands start the windows": ("cli/__init__.py", "import deskapp.ui"),
    "The mail room touches": ("mail/__init__.py", "import deskapp.data.tables"),
    "Shops, the web and the sample": ("shops/__init__.py", "import deskapp.data"),
    "Other people's servers": ("desk/__init__.py", "import deskapp.web.line"),
    "The domain does no I/O": ("domain/kinds.py", "import socket"),
    "Qt only": ("desk/__init__.py", "import PySide6.QtCore"),
    "SQL only": ("desk/__init__.py", "import sqlalchemy"),
    "IMAP and SMTP only": ("desk/__init__.py", "import smtplib"),
}


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo"]
    environment = {"PYTHONPATH": str(root), "PATH": "", "COLUMNS": "200", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=100
    )


def test_no_room_imports_what_it_may_not() -> None:
    told = _lint(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_wall_breaks_when_somebody_leans_on_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deskapp", tmp_path / "deskapp")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, line in LEANS.values():
        with (tmp_path / "deskapp" / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    lines = _lint(tmp_path).stdout.splitlines()
    verdicts = [line for line in lines if line.endswith((" KEPT", " BROKEN", "imports)"))]
    assert len(verdicts) == len(LEANS), "each contract has a line here that leans on it"
    for wall in LEANS:
        assert [line for line in verdicts if line.startswith(wall) and "BROKEN" in line], wall


def test_a_module_that_stands_in_no_room_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deskapp", tmp_path / "deskapp")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "deskapp" / "utils.py").write_text("")
    assert "deskapp.utils" in _lint(tmp_path).stdout
