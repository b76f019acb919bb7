"""Which folders of a mailbox are pulled: INBOX, what staff sent from elsewhere, and named ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deskapp.domain.problem import Problem, ProblemKind

from .imap_session import ListedFolder
from .providers import SENT_NAMES, VIEW_FLAGS

_BELOW_ROOT = re.compile(r"(?:INBOX|\[[^\]]+\])[./]([^./]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """``role`` is inbox, sent or other."""

    name: str
    role: str


def watched_folders(
    listed: Iterable[ListedFolder], named: Sequence[str], sent_before: Iterable[str] = ()
) -> list[WatchedFolder]:
    """In the order in which they are pulled. Named folders are asked for even if not listed, but
    not those of which ``check_views`` complains. ``sent_before`` are folders that were taken for
    Sent: they are pulled on as long as they are listed, behind the one that is Sent now.
    """
    listed = list(listed)
    there = {folder.name for folder in listed}
    sent = sent_folder(listed)
    ours = [] if sent is None else [sent]
    ours += [name for name in sent_before if name != sent and name in there]
    folders = [WatchedFolder("INBOX", "inbox"), *(WatchedFolder(name, "sent") for name in ours)]
    passed_by = {*ours, *views(listed)}
    folders += [
        WatchedFolder(name, "other")
        for name in named
        if name not in passed_by and name.upper() != "INBOX"  # RFC 3501, 5.1: in any case
    ]
    return folders


def views(listed: Iterable[ListedFolder]) -> set[str]:
    """The folders that show mail of other folders once more: Gmail's All Mail and the like."""
    return {folder.name for folder in listed if folder.flags & VIEW_FLAGS}


def check_views(listed: Iterable[ListedFolder], named: Sequence[str]) -> Problem | None:
    """What is to be said of named folders that are no places of their own. All Mail has drafts
    and chats too, and every mail of INBOX a second time.
    """
    shown = views(listed)
    wrong = ", ".join(name for name in named if name in shown)
    return Problem(ProblemKind.FOLDER_IS_VIEW, folder=wrong, said=wrong) if wrong else None


def sent_folder(listed: Iterable[ListedFolder]) -> str | None:
    """The folder marked \\Sent (RFC 6154), else the first with a name known for it."""
    by_name: dict[str, str] = {}
    for folder in listed:
        if "\\sent" in folder.flags:
            return folder.name
        by_name.setdefault(folder.name.casefold(), folder.name)
        below = _BELOW_ROOT.fullmatch(folder.name)  # where a server keeps all folders below one
        if below is not None:
            by_name.setdefault(below[1].casefold(), folder.name)
    for name in SENT_NAMES:
        if name in by_name:
            return by_name[name]
    return None
