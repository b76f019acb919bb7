"""Canned replies as a folder of Markdown files: to keep elsewhere, to edit, to bring back."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deskapp.data.queries.blobs import get_blobs
from deskapp.domain.canned_markdown import CannedPage, file_stem, read_page, to_pages, written
from deskapp.domain.ids import MailboxId
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply, OutgoingFile

from .canned import Canned
from .context import Context
from .mailboxes import Mailboxes

_FILES = "files"
_LARGEST = 1_000_000  # bytes of a page; a canned reply holds a tenth of it


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file that was left out, and why."""

    file: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class CannedImport:
    """What a folder brought. ``faults`` name what was left out; all else was taken."""

    new: int
    updated: int
    same: int
    faults: tuple[FileFault, ...]


class CannedFolder:
    """Writes and reads such a folder. Blocks: not for the GUI thread."""

    def __init__(self, context: Context, canned: Canned, mailboxes: Mailboxes) -> None:
        self._context, self._canned, self._mailboxes = context, canned, mailboxes

    def write(self, folder: Path) -> int:
        """All that the agent may use; how many. Raises OSError, Problem(INVALID) when not empty."""
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Problem(ProblemKind.INVALID, what="folder", value=str(folder))
        addresses = {box.id: box.settings.address for box in self._mailboxes.list()}
        rows = self._canned.list()
        for row in rows:
            reply = self._canned.get(row.id)
            names = self._write_files(folder / _FILES, reply.files)
            box = "" if reply.mailbox_id is None else addresses.get(reply.mailbox_id, "")
            place = folder / file_stem(reply.folder) if reply.folder else folder
            place.mkdir(exist_ok=True)
            for page in to_pages(reply, box, names):
                stem = f"{file_stem(reply.name)}.{row.id}.{page.language}.md"
                (place / stem).write_text(written(page), encoding="utf-8", newline="\n")
        return len(rows)

    def _write_files(self, place: Path, files: Sequence[OutgoingFile]) -> list[str]:
        names = []
        with self._context.database.reading() as connection:
            found = get_blobs(connection, [file.sha256 for file in files])
        for file in files:
            name = f"{file.sha256[:8]} {file_stem(file.filename.replace(',', ' '))}"
            place.mkdir(exist_ok=True)
            (place / name).write_bytes(found[file.sha256])
            names.append(name)
        return names

    def read(self, folder: Path, *, dry_run: bool = False) -> CannedImport:
        """Takes every ``.md`` file in; a reply of the same name is brought up to date.

        Languages that the folder does not have stay. Raises OSError for the folder itself.
        """
        pages, faults = _pages(folder)
        boxes = {box.settings.address.casefold(): box.id for box in self._mailboxes.list()}
        counts = dict.fromkeys(("new", "updated", "same"), 0)
        left = list(pages.values())
        refused: list[FileFault] = []
        while left:  # what includes another is taken after it, so refused ones get another turn
            again, refused = [], []
            for listed in left:
                try:
                    counts[self._take(folder, listed, boxes, dry_run)] += 1
                except (Problem, OSError) as error:
                    again.append(listed)
                    refused.append(FileFault(listed[0][0], _problem(error)))
            left = again if len(again) < len(left) and not dry_run else []
        return CannedImport(**counts, faults=(*faults, *refused))

    def _take(
        self,
        folder: Path,
        listed: Sequence[tuple[str, CannedPage]],
        boxes: dict[str, MailboxId],
        dry_run: bool,
    ) -> str:
        """Keeps one reply; which count it goes to."""
        name = listed[0][1].name
        row = next(
            (row for row in self._canned.list() if name_key(row.name) == name_key(name)), None
        )
        was = None if row is None else self._canned.get(row.id)
        wanted = self._wanted(folder, was, [page for _, page in listed], boxes)
        if wanted == was:
            return "same"
        if not dry_run:
            self._canned.save(wanted)
        return "new" if was is None else "updated"

    def _wanted(
        self,
        folder: Path,
        was: CannedReply | None,
        pages: Sequence[CannedPage],
        boxes: dict[str, MailboxId],
    ) -> CannedReply:
        first = pages[0]
        if first.mailbox and first.mailbox.casefold() not in boxes:
            raise Problem(ProblemKind.INVALID, what="mailbox", value=first.mailbox)
        told = {page.language: page.text for page in pages}
        texts = [(tag, told.pop(tag, text)) for tag, text in (was.texts if was else ())]
        return CannedReply(
            id=was.id if was else None,
            name=was.name if was else first.name,
            folder=first.folder,
            texts=(*texts, *told.items()),
            version=was.version if was else 1,
            owner=self._context.agent if first.own else None,
            mailbox_id=boxes.get(first.mailbox.casefold()) if first.mailbox else None,
            actions=replace(first.actions, assignee=was.actions.assignee if was else None),
            files=self._read_files(folder / _FILES, first.files),
        )

    def _read_files(self, place: Path, names: Sequence[str]) -> tuple[OutgoingFile, ...]:
        files = []
        for name in names:  # bytes kept twice are one, so a dry run may keep them
            path = place / Path(name).name  # never outside the folder
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            shown = name[9:] if name[8:9] == " " else name
            files.append(self._canned.keep_file(shown, kind, path.read_bytes()))
        return tuple(files)


def _pages(folder: Path) -> tuple[dict[str, list[tuple[str, CannedPage]]], list[FileFault]]:
    """The readable pages by the key of their reply's name, and the files that are none."""
    found: dict[str, list[tuple[str, CannedPage]]] = {}
    faults = []
    if not folder.is_dir():
        raise NotADirectoryError(str(folder))
    for path in sorted(folder.rglob("*.md")):
        file = str(path.relative_to(folder))
        try:
            if path.stat().st_size > _LARGEST:
                raise Problem(ProblemKind.TOO_LARGE, what="canned")
            page = read_page(path.read_text(encoding="utf-8"))
            found.setdefault(name_key(page.name), []).append((file, page))
        except (Problem, OSError, UnicodeDecodeError) as error:
            faults.append(FileFault(file, _problem(error)))
    return found, faults


def _problem(error: Problem | OSError | UnicodeDecodeError) -> Problem:
    if isinstance(error, Problem):
        return error
    return Problem(ProblemKind.INVALID, what="file", value=str(error))
