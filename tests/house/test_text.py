"""What the house rules say about the text of files, where imports alone cannot say it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "deskapp"
TEXT = {".py", ".md", ".toml", ".lock", ".ini", ".mako", ".json", ".svg", ".ts", ".spec", ".nsi"}
OWN_FILES = ("dev.py", "README.md", "CHANGELOG.md", "pyproject.toml", ".gitignore")
OWN_FOLDERS = ("deskapp", "tests", "docs", "packaging", "bench", "resources", ".ci")

LONG_FILES = {"deskapp/data/migrations/versions/v0001_first.py"}
"""Files over 300 lines, by name, each with its reason: a migration is one step, whole."""
SAY_NOTHING = {"util", "utils", "helper", "helpers", "manager", "base", "controller"}
HOME = re.compile(r"/(?:work|root|home/\w+|Users/\w+)/[\w.]|[A-Z]:\\Users\\")
LOCK_URL = re.compile(r"(?i)\w+://|--(?:index-url|extra-index-url|find-links)|@ file")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix in TEXT and "__pycache__" not in file.parts:
                yield file


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(folder.rglob("*.py")):
        yield _name(file), ast.parse(file.read_text("utf-8"), str(file))


def test_no_file_of_the_program_is_longer_than_300_lines() -> None:
    files = [file for file in _files(PACKAGE) if file.suffix == ".py"]
    long = {_name(file) for file in files if len(file.read_text("utf-8").splitlines()) > 300}
    assert long == LONG_FILES


def test_no_file_or_class_has_a_name_that_says_nothing() -> None:
    names = []
    for file, tree in _modules(PACKAGE):
        words = [Path(file).stem, *(n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef))]
        names += [f"{file}: {word}" for word in words if SAY_NOTHING & _parts(word)]
    assert names == []


def _parts(name: str) -> set[str]:
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)}


def test_no_text_for_people_is_built_before_it_is_translated() -> None:
    """lupdate takes an f-string as it stands, and then no translation ever matches."""
    found = []
    for file, tree in _modules(PACKAGE / "ui"):
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not _is_tr(call.func) or not call.args:
                continue
            if isinstance(call.args[0], ast.JoinedStr | ast.Call | ast.BinOp):
                found.append(f"{file}:{call.lineno}")
    assert found == []


def _is_tr(function: ast.expr) -> bool:
    named = function.attr if isinstance(function, ast.Attribute) else None
    return named == "tr" or (isinstance(function, ast.Name) and function.id == "tr")


def test_colours_are_spelled_only_in_the_theme() -> None:
    theme = PACKAGE / "ui" / "theme.py"
    found = [
        f"{file}:{node.lineno} {node.value[:40]}"
        for file, tree in _modules(PACKAGE / "ui")
        if file != _name(theme)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if COLOUR.search(node.value)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_by_hash_and_name_no_place(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert LOCK_URL.findall(text) == []
    entries = re.findall(r"(?m)^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.S)
    assert len(entries) > 20
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_development_lock_includes_the_programs_pins() -> None:
    pins = [
        set(re.findall(r"(?m)^(\S+==\S+)", (ROOT / name).read_text("utf-8")))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0] <= pins[1]


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    this = Path(__file__)
    files = [*_files(*(ROOT / folder for folder in OWN_FOLDERS)), *(ROOT / f for f in OWN_FILES)]
    found = [
        f"{_name(file)}:{number} {line.strip()[:80]}"
        for file in files
        if file != this and file.is_file()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if HOME.search(line)
    ]
    assert found == []
