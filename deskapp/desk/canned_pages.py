"""The Markdown files of a folder, read one by one: what they say, and why some say nothing."""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deskapp.domain.canned_markdown import CannedPage, read_page
from deskapp.domain.ids import AgentId
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind

FILES = "files"
"""The folder beside the pages where the files of replies stand."""
LARGEST_FILE = 25 * 1024 * 1024  # bytes; no reply takes more out
_LARGEST_PAGE = 1_000_000  # bytes; a canned reply holds a tenth of it

Found = tuple[str, CannedPage]
"""A file's place in the folder, and what stands in it."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file that was left out, and why."""

    file: str
    problem: Problem


def read_pages(folder: Path, agent: AgentId | None) -> tuple[list[list[Found]], list[FileFault]]:
    """The files of each reply, and those that are none. Raises NotADirectoryError.

    An agent's own and the team's are two replies, whatever they are called.
    """
    if not folder.is_dir():
        raise NotADirectoryError(str(folder))
    replies: dict[tuple[str, bool], list[Found]] = {}
    faults = []
    for path in _files_of(folder):
        file = str(path.relative_to(folder))
        try:
            page = read_page(_text(inside(folder, path)))
            if page.own and agent is None:
                raise Problem(ProblemKind.INVALID, what="own", value=page.name)
            listed = replies.setdefault((name_key(page.name), page.own), [])
            if any(other.language == page.language for _, other in listed):
                raise Problem(ProblemKind.DUPLICATE, value=f"{page.name} ({page.language})")
            listed.append((file, page))
        except (Problem, OSError) as error:
            faults.append(FileFault(file, as_problem(error)))
    return list(replies.values()), faults


def _files_of(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        attached = path.relative_to(folder).parts[0] == FILES
        if path.suffix.casefold() == ".md" and not attached and not path.is_dir():
            yield path


def inside(folder: Path, path: Path) -> Path:
    """The real file behind a path. Raises Problem for one that a link has outside of the folder,
    and for what is no file: a pipe would be waited for without end.
    """
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()):
        raise Problem(ProblemKind.FILE_UNREADABLE, path=path.name, said="outside of the folder")
    if not real.is_file():
        raise Problem(ProblemKind.FILE_MISSING, path=path.name)
    return real


def _text(path: Path) -> str:
    if path.stat().st_size > _LARGEST_PAGE:
        raise Problem(ProblemKind.TOO_LARGE, what="canned")
    data = path.read_bytes()
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(ProblemKind.INVALID, what="UTF-8", value=path.name) from error


def as_problem(error: Problem | OSError) -> Problem:
    if isinstance(error, Problem):
        return error
    said = error.strerror or str(error)
    return Problem(ProblemKind.FILE_UNREADABLE, path=Path(error.filename or "").name, said=said)


def head_of(pages: Sequence[CannedPage], known: CannedPage | None) -> CannedPage:
    """The page whose front matter counts for all languages: where they differ, the one that was
    edited. ``known`` is the reply as it is kept. Raises Problem(INVALID) for two that were.
    """
    heads = {_head(page): page for page in pages}
    if len(heads) > 1 and known is not None:
        heads.pop(_head(known), None)
    if len(heads) > 1:
        names = " / ".join(page.language for page in heads.values())
        raise Problem(ProblemKind.INVALID, what="front matter", value=f"{pages[0].name} ({names})")
    return next(iter(heads.values()))


def _head(page: CannedPage) -> tuple[object, ...]:
    who = name_key(page.colleague)
    return page.folder, page.mailbox.casefold(), who, page.actions, page.files
