"""A desk file does not lie where a program copies it to other computers."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from deskapp.data.places import check_place
from deskapp.data.synced import synced_by
from deskapp.domain.problem import Problem, ProblemKind


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "anna"
    made.mkdir()
    return made


NOTHING: Mapping[str, str] = {}


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/desk", "Dropbox"),
        ("Dropbox (Lotus Outdoor)", "Dropbox"),
        ("OneDrive - Công ty Hoa Sen", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Nextcloud/shop/2026", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Yandex.Disk", "Yandex.Disk"),
        ("pCloudDrive", "pCloud"),
        ("我的坚果云", "Nutstore"),
        ("百度网盘同步空间", "Baidu Netdisk"),
        ("Library/Mobile Documents/com~apple~CloudDocs/desk", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-anna@lotus.example/My Drive", "a cloud drive"),
    ],
)
def test_folders_at_home_are_known_by_name(home: Path, folder: str, program: str) -> None:
    assert synced_by(home / folder / "desk.db", home, NOTHING) == program


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".sync_5f0c1b2a.db", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_any_folder_with_a_programs_mark_is_copied(home: Path, mark: str, program: str) -> None:
    (home / "work" / "shop").mkdir(parents=True)
    (home / "work" / mark).touch()
    assert synced_by(home / "work" / "shop" / "desk.db", home, NOTHING) == program


def test_a_folder_outside_home_is_known_by_what_the_system_says(home: Path, tmp_path: Path) -> None:
    moved = tmp_path / "D" / "Box of mail"
    (home / ".dropbox").mkdir()
    said = {"business": {"path": str(moved), "host": 1}}
    (home / ".dropbox" / "info.json").write_text(json.dumps(said))
    assert synced_by(moved / "desk.db", home, NOTHING) == "Dropbox"
    variables = {"OneDriveCommercial": str(tmp_path / "E")}
    assert synced_by(tmp_path / "E" / "desk.db", home, variables) == "OneDrive"


def test_a_link_leads_where_it_leads(home: Path) -> None:
    (home / "Dropbox").mkdir()
    (home / "desk").symlink_to(home / "Dropbox")
    assert synced_by(home / "desk" / "desk.db", home, NOTHING) == "Dropbox"


@pytest.mark.parametrize(
    "folder",
    [
        "",
        "Documents",
        "Документы/Отчёты",
        "桌面",
        "Sync",
        "Box",
        "work/Dropbox notes",
        "work/Nextcloud",
        "Dropboxes",
        ".local/share/deskapp",
        "AppData/Local/deskapp",
    ],
)
def test_ordinary_folders_are_let_be(home: Path, folder: str) -> None:
    (home / folder).mkdir(parents=True, exist_ok=True)
    assert synced_by(home / folder / "desk.db", home, NOTHING) == ""


def test_a_new_desk_there_is_refused_with_the_programs_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    with pytest.raises(Problem) as refused:
        check_place(home / "Dropbox" / "desk.db", "/dev/sda1 / ext4 rw 0 0")
    told = refused.value
    assert (told.kind, told.details["system"]) == (ProblemKind.NETWORK_FOLDER, "Dropbox")
