"""Folders that a program copies to other computers: a desk file would be torn apart there.

Such a program copies the file while it is written, without its log, and puts back what another
computer had: two halves of two desks. A folder is known by what stands in it, by what the system
says, and, directly in a person's home, by the name that the program gives it.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".seafile-data": "Seafile",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}
"""What the programs leave in the folder that they copy."""

_MARK_BEGINNINGS = {
    ".sync_": "Nextcloud",  # .sync_1a2b3c4d.db: the client's journal, also ownCloud's
    "._sync_": "ownCloud",
    ".csync_journal": "ownCloud",
}

_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}
"""Set on Windows to the folders that are copied."""

_AT_HOME = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
    "yandex.disk": "Yandex.Disk",
    "yandexdisk": "Yandex.Disk",
    "megasync": "MEGA",
    "box sync": "Box",
    "seafile": "Seafile",
    "nutstore": "Nutstore",
    "nutstore files": "Nutstore",
    "我的坚果云": "Nutstore",
    "坚果云": "Nutstore",
    "baidunetdiskworkspace": "Baidu Netdisk",
    "baidusyncdisk": "Baidu Netdisk",
    "百度网盘同步空间": "Baidu Netdisk",
    "tresorit": "Tresorit",
}
"""What the programs call their folder directly in a person's home; not "Sync" or "Box", as a person
may have called a folder too: those have a mark inside."""

_AT_HOME_BEGINNINGS = (
    ("onedrive - ", "OneDrive"),  # OneDrive - Lotus Outdoor
    ("dropbox (", "Dropbox"),  # Dropbox (Lotus Outdoor)
    ("nextcloud", "Nextcloud"),  # Nextcloud2
)

_MAC = (
    ("Library/Mobile Documents", "iCloud Drive"),
    ("Library/CloudStorage", "a cloud drive"),
)
_MAC_ICLOUD_DESKTOP = ("Desktop", "Documents")


def synced_by(
    path: Path, home: Path | None = None, variables: Mapping[str, str] | None = None
) -> str:
    """The program that copies the folder in which ``path`` lies or would lie, "" for none.

    ``home`` and ``variables`` are by default this person's.
    """
    home = _plain(home or Path.home())
    place = _plain(path)
    variables = os.environ if variables is None else variables
    for folder, program in (*_stated(variables), *_dropbox_says(home, variables), *_of_mac(home)):
        if _inside(place, folder):
            return program
    for folder in place.parents:
        if folder == home or folder in home.parents:
            break  # a mark so high up would mean everything
        if program := _marked(folder) or _named_at(folder, home):
            return program
    return ""


def _plain(path: Path) -> Path:
    """Without links, as far as the path exists."""
    return Path(os.path.realpath(path.expanduser()))


def _inside(place: Path, folder: Path) -> bool:
    """Of paths that exist or not; Windows and macOS do not tell capitals from small letters."""
    one, other = os.path.normcase(place), os.path.normcase(_plain(folder))
    if sys.platform == "darwin":
        one, other = one.casefold(), other.casefold()
    return one == other or one.startswith(other.rstrip("/\\") + os.sep)


def _stated(variables: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    for name, program in _VARIABLES.items():
        if variables.get(name):
            yield Path(variables[name]), program


def _dropbox_says(home: Path, variables: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Dropbox writes down where its folder is, and says so to other programs."""
    places = [home / ".dropbox" / "info.json"]
    for name in ("APPDATA", "LOCALAPPDATA"):
        if variables.get(name):
            places.append(Path(variables[name]) / "Dropbox" / "info.json")
    for place in places:
        try:
            said = json.loads(place.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        for account in said.values() if isinstance(said, dict) else ():
            if isinstance(account, dict) and isinstance(account.get("path"), str):
                yield Path(account["path"]), "Dropbox"


def _of_mac(home: Path) -> Iterator[tuple[Path, str]]:
    for name, program in _MAC:
        yield home / name, program
    icloud = home / "Library/Mobile Documents/com~apple~CloudDocs"
    for name in _MAC_ICLOUD_DESKTOP:  # "Desktop & Documents" in iCloud leaves links there
        if (icloud / name).exists():
            yield home / name, "iCloud Drive"


def _marked(folder: Path) -> str:
    try:
        names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    except OSError:
        return ""  # not to be read: nothing is known of it
    for name in names:
        if name in _MARKS:
            return _MARKS[name]
        for beginning, program in _MARK_BEGINNINGS.items():
            if name.startswith(beginning) and name.endswith((".db", ".db-wal", ".db-shm")):
                return program
    return ""


def _named_at(folder: Path, home: Path) -> str:
    if folder.parent != home:
        return ""
    name = folder.name.casefold()
    if name in _AT_HOME:
        return _AT_HOME[name]
    return next((of for start, of in _AT_HOME_BEGINNINGS if name.startswith(start)), "")
