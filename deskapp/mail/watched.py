"""Which folders of a mailbox are pulled: INBOX, what staff sent from elsewhere, and named ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .imap_session import ListedFolder
from .providers import SENT_NAMES


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """``role`` is inbox, sent or other."""

    name: str
    role: str


def watched_folders(listed: Iterable[ListedFolder], named: Sequence[str]) -> list[WatchedFolder]:
    """In the order in which they are pulled. Named folders are asked for even if not listed."""
    listed = list(listed)
    folders = [WatchedFolder("INBOX", "inbox")]
    sent = sent_folder(listed)
    if sent is not None:
        folders.append(WatchedFolder(sent, "sent"))
    taken = {"INBOX", sent}
    folders += [WatchedFolder(name, "other") for name in named if name not in taken]
    return folders


def sent_folder(listed: Iterable[ListedFolder]) -> str | None:
    """The folder marked \\Sent (RFC 6154), else the first with a name known for it."""
    by_name: dict[str, str] = {}
    for folder in listed:
        if "\\sent" in folder.flags:
            return folder.name
        by_name.setdefault(folder.name.casefold(), folder.name)
    for name in SENT_NAMES:
        if name in by_name:
            return by_name[name]
    return None
