"""What this machine remembers: a file named on purpose for passwords, and the settings."""

from pathlib import Path

import pytest

from deskapp import settings
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretFile


def _file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "secrets.json"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_an_empty_file_made_by_hand_takes_passwords(tmp_path: Path) -> None:
    path = _file(tmp_path, "")
    store = SecretFile(path)
    assert store.get("support@shop.example", "imap") is None
    store.set("Support@shop.example", "imap", "s3cret")
    assert SecretFile(path).get("support@shop.example", "imap") == "s3cret"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["[]", "7", "{"])
def test_a_file_that_holds_something_else_is_said_and_kept(tmp_path: Path, text: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(Problem) as damaged:
        SecretFile(path).set("a@b.example", "imap", "s3cret")
    assert damaged.value.kind is ProblemKind.FILE_UNREADABLE
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        SecretFile(_file(tmp_path, "{}", 0o640))
    assert refused.value.details["what"] == "secrets_file_mode"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"undo_seconds": "soon"}'])
def test_damaged_settings_give_the_defaults(own_home: Path, text: str) -> None:
    own_home.mkdir()
    (own_home / "settings.json").write_text(text, encoding="utf-8")
    assert settings.load() == settings.Settings()
