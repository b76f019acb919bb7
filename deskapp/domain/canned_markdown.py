"""A canned reply as a Markdown file with front matter: one file for each of its languages.

The front matter is ``key: value`` lines between two ``---``, lists with commas. The rest of the
file is the text, with its Liquid.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .kinds import TicketStatus
from .problem import Problem, ProblemKind
from .replies import NO_ACTIONS, CannedActions, CannedReply

_FENCE = "---"
_TO_ME = "me"
_unsafe = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_reserved = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


@dataclass(frozen=True, slots=True)
class CannedPage:
    """One file: a reply with one text. ``files`` are names in the folder beside it."""

    name: str
    folder: str
    language: str
    text: str
    actions: CannedActions = NO_ACTIONS
    mailbox: str = ""  # the address it is offered for alone
    own: bool = False  # the agent's own who imports it
    files: tuple[str, ...] = ()


def to_pages(reply: CannedReply, mailbox: str, files: Iterable[str]) -> tuple[CannedPage, ...]:
    """The files of a reply, in the order of its languages."""
    page = CannedPage(
        name=reply.name,
        folder=reply.folder,
        language="",
        text="",
        actions=reply.actions,
        mailbox=mailbox,
        own=reply.owner is not None,
        files=tuple(files),
    )
    return tuple(replace(page, language=language, text=text) for language, text in reply.texts)


def written(page: CannedPage) -> str:
    """What stands in the file."""
    acts = page.actions
    told = {
        "name": page.name,
        "folder": page.folder,
        "language": page.language,
        "mailbox": page.mailbox,
        "own": "yes" if page.own else "",
        "status": acts.status or "",
        "assign": _TO_ME if acts.to_me else "",
        "add_tags": ", ".join(acts.add_tags),
        "remove_tags": ", ".join(acts.remove_tags),
        "files": ", ".join(page.files),
    }
    head = [f"{key}: {value}" for key, value in told.items() if value]
    return "\n".join((_FENCE, *head, _FENCE, page.text.rstrip("\n"), ""))


def read_page(text: str) -> CannedPage:
    """Raises Problem INVALID (what, value) for a file that is no canned reply."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE or _FENCE not in (line.rstrip() for line in lines[1:]):
        raise Problem(ProblemKind.INVALID, what="front matter", value=lines[0][:80])
    end = next(place for place, line in enumerate(lines) if place and line.rstrip() == _FENCE)
    told = _head(lines[1:end])
    if not told.get("name"):
        raise Problem(ProblemKind.INVALID, what="name", value="")
    return CannedPage(
        name=told["name"],
        folder=told.get("folder", ""),
        language=told.get("language", "en"),
        text="\n".join(lines[end + 1 :]).strip("\n"),
        actions=_actions(told),
        mailbox=told.get("mailbox", ""),
        own=told.get("own", "").casefold() in ("yes", "true"),
        files=_listed(told.get("files", "")),
    )


def _head(lines: Iterable[str]) -> Mapping[str, str]:
    told: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if not colon and line.strip():
            raise Problem(ProblemKind.INVALID, what="front matter", value=line[:80])
        told[key.strip().casefold()] = value.strip().strip('"')
    return told


def _actions(told: Mapping[str, str]) -> CannedActions:
    status, assign = told.get("status", ""), told.get("assign", "")
    if status and status not in list(TicketStatus):
        raise Problem(ProblemKind.INVALID, what="status", value=status)
    if assign and assign.casefold() != _TO_ME:
        raise Problem(ProblemKind.INVALID, what="assign", value=assign)
    return CannedActions(
        status=TicketStatus(status) if status else None,
        to_me=bool(assign),
        add_tags=_listed(told.get("add_tags", "")),
        remove_tags=_listed(told.get("remove_tags", "")),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def file_stem(words: str) -> str:
    """A name that every system takes as the name of a file, still readable."""
    made = " ".join(_unsafe.sub(" ", words).split()).strip(" .")[:80].strip(" .")
    return f"_{made}" if not made or _reserved.fullmatch(made) else made
