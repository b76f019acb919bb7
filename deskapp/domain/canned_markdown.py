"""A canned reply as a Markdown file with front matter: one file for each of its languages.

The front matter is ``key: value`` lines between two ``---``, lists with commas: no YAML, whose
anchors and types a file from elsewhere could use. The rest is the text, with its Liquid.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .kinds import TicketStatus
from .language_choice import is_language
from .plain import one_line
from .problem import Problem, ProblemKind
from .replies import NO_ACTIONS, CannedActions, CannedReply
from .snoozing import wish_read, wish_written

_FENCE = "---"
_TO_ME = "me"
_unsafe = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_reserved = re.compile(r"(?i)(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?: *\..*)?")
_ending = re.compile(r"\.\w{1,10}$")
_LONGEST_NAME = 200
_LONGEST_STEM, _MOST_BYTES = 80, 150  # a file system takes 255 bytes; ids and languages are added


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
    colleague: str = ""  # whom it assigns, by name: ids are each desk's own
    files: tuple[str, ...] = ()


def to_pages(
    reply: CannedReply, mailbox: str, files: Iterable[str], colleague: str = ""
) -> tuple[CannedPage, ...]:
    """The files of a reply, in the order of its languages."""
    page = CannedPage(
        name=reply.name,
        folder=reply.folder,
        language="",
        text="",
        actions=replace(reply.actions, assignee=None),
        mailbox=mailbox,
        colleague=colleague,
        own=reply.owner is not None,
        files=tuple(files),
    )
    return tuple(replace(page, language=language, text=text) for language, text in reply.texts)


def written(page: CannedPage) -> str:
    """What stands in the file."""
    head = [f"{key}: {_quoted(value)}" for key, value in _told(page).items() if value]
    return "\n".join((_FENCE, *head, _FENCE, page.text.strip("\n"), ""))


def _told(page: CannedPage) -> dict[str, str]:
    """The front matter; its keys are all that there may be."""
    acts = page.actions
    return {
        "name": page.name,
        "folder": page.folder,
        "language": page.language,
        "mailbox": page.mailbox,
        "own": "yes" if page.own else "",
        "status": acts.status or "",
        "assign": _TO_ME if acts.to_me else page.colleague,
        "add_tags": ", ".join(acts.add_tags),
        "remove_tags": ", ".join(acts.remove_tags),
        "snooze": wish_written(acts.snooze),
        "files": ", ".join(page.files),
    }


def _quoted(value: str) -> str:
    return f'"{value}"' if _unquoted(value) != value else value


def _unquoted(value: str) -> str:
    """Without one pair of quotes around it, as other editors write them."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def read_page(text: str) -> CannedPage:
    """Raises Problem INVALID (what, value) for a file that is no canned reply."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE or _FENCE not in (line.rstrip() for line in lines[1:]):
        raise Problem(ProblemKind.INVALID, what="front matter", value=lines[0][:80])
    end = next(place for place, line in enumerate(lines) if place and line.rstrip() == _FENCE)
    told = _head(lines[1:end])
    name, language = one_line(told.get("name", ""), _LONGEST_NAME), told.get("language") or "en"
    if not name:
        raise Problem(ProblemKind.INVALID, what="name", value="")
    if not is_language(language):
        raise Problem(ProblemKind.INVALID, what="language", value=language[:80])
    return CannedPage(
        name=name,
        folder=one_line(told.get("folder", ""), _LONGEST_NAME),
        language=language,
        text="\n".join(lines[end + 1 :]).strip("\n"),
        actions=_actions(told),
        colleague="" if _to_me(told) else told.get("assign", ""),
        mailbox=told.get("mailbox", ""),
        own=told.get("own", "").casefold() in ("yes", "true"),
        files=_listed(told.get("files", "")),
    )


def _head(lines: Iterable[str]) -> Mapping[str, str]:
    """A key we do not know is refused: ``langauge: vi`` would become an English text."""
    told: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        name = key.strip().casefold()
        if (colon and name not in _KEYS) or (not colon and line.strip()) or name in told:
            raise Problem(ProblemKind.INVALID, what="front matter", value=line[:80])
        if colon:
            told[name] = _unquoted(value.strip())
    return told


_KEYS = frozenset(_told(CannedPage("", "", "", "")))


def _actions(told: Mapping[str, str]) -> CannedActions:
    status = told.get("status", "")
    if status and status not in list(TicketStatus):
        raise Problem(ProblemKind.INVALID, what="status", value=status)
    return CannedActions(
        status=TicketStatus(status) if status else None,
        to_me=_to_me(told),
        add_tags=_listed(told.get("add_tags", "")),
        remove_tags=_listed(told.get("remove_tags", "")),
        snooze=wish_read(told.get("snooze", "")),
    )


def _to_me(told: Mapping[str, str]) -> bool:
    return told.get("assign", "").casefold() == _TO_ME


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def file_stem(words: str) -> str:
    """A name that every system takes as the name of a file, still readable."""
    made = _cut(" ".join(_unsafe.sub(" ", words).split()).strip(" ."))
    return f"_{made}" if not made or _reserved.fullmatch(made) else made


def _cut(name: str) -> str:
    """Short enough, with its ending: what a file is, is told by it."""
    found = _ending.search(name)
    ending = found[0] if found else ""
    stem = name.removesuffix(ending)[: _LONGEST_STEM - len(ending)]
    room = _MOST_BYTES - len(ending.encode())
    return (stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + ending).strip(" .")
