"""What this machine remembers: a file named on purpose for passwords, and the settings."""

from dataclasses import replace
from pathlib import Path

import pytest

from deskapp import settings
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretFile, keep_password, keep_source_secret, kept_source_secret


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


@pytest.mark.parametrize("scheme", ["", "sqlite:///"])
def test_a_desk_named_in_one_folder_is_found_from_another(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, there = SecretFile(tmp_path / "secrets.json"), "postgresql://anna@127.0.0.1/lotus"
    monkeypatch.chdir(tmp_path)
    assert keep_password(f"{scheme}moved.db", kept) == f"{scheme}{tmp_path / 'moved.db'}"
    assert keep_password(there, kept) == there


def test_where_the_desk_was_before_is_forgotten_with_another_desk() -> None:
    mine = settings.Settings(desk_url="/there.db", moved_from="/here.db")
    mine.open_at("/there.db")
    assert mine.moved_from == "/here.db"
    mine.open_at("/other.db")
    assert mine == settings.Settings(desk_url="/other.db")


def test_a_shops_key_stays_with_its_shop(tmp_path: Path) -> None:
    kept, key = SecretFile(tmp_path / "secrets.json"), {"token": "shpat_1"}
    shop = SourceSettings(SourceKind.SHOPIFY, "Hats", "hats.myshopify.com", SignIn.TOKEN)
    keep_source_secret(kept, "source 1", shop, key)
    assert kept_source_secret(kept, "source 1", replace(shop, name="Caps", every=5)) == key
    assert kept_source_secret(kept, "source 1", replace(shop, address="hats")) == key
    elsewhere = replace(shop, address="hats.evil.example")
    with pytest.raises(Problem) as refused:
        kept_source_secret(kept, "source 1", elsewhere)
    assert (refused.value.kind, refused.value.details["what"]) == (
        ProblemKind.NO_SECRET,
        "order_source",
    )
