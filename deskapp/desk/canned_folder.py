"""Canned replies as a folder of Markdown files: to keep elsewhere, to edit, to bring back."""

import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

from deskapp.data.queries.agents import agent_rows
from deskapp.data.queries.blobs import get_blobs
from deskapp.data.queries.canned import Texts
from deskapp.domain.canned_markdown import CannedPage, file_stem, to_pages, written
from deskapp.domain.canned_pictures import renamed_pictures
from deskapp.domain.ids import AgentId, BlobHash, CannedId, MailboxId
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply, OutgoingFile

from .canned import Canned
from .canned_pages import (
    FILES,
    LARGEST_FILE,
    FileFault,
    Found,
    as_problem,
    head_of,
    inside,
    read_pages,
)
from .context import Context
from .mailboxes import Mailboxes

_SHOWN_HASH = 8  # letters of it stand before the name of a file, so that two may be called alike


@dataclass(frozen=True, slots=True)
class CannedImport:
    """What a folder brought. ``faults`` name what was left out; all else was taken."""

    new: int
    updated: int
    same: int
    faults: tuple[FileFault, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids of this desk are called in files."""

    boxes: Mapping[MailboxId, str]
    staff: Mapping[AgentId, str]

    def agent(self, name: str) -> AgentId | None:
        """Raises Problem(INVALID) for somebody who is not on this desk."""
        if not name:
            return None
        found = [one for one, known in self.staff.items() if name_key(known) == name_key(name)]
        if not found:
            raise Problem(ProblemKind.INVALID, what="assign", value=name)
        return found[0]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One folder on its way in: the replies there are by name and owner, mailboxes by address."""

    folder: Path
    known: Mapping[tuple[str, AgentId | None], CannedId]
    boxes: Mapping[str, MailboxId]
    names: "_Names"
    dry_run: bool
    coming: dict[tuple[str, AgentId | None], Texts]  # of a dry run: what would be kept by now


class CannedFolder:
    """Writes and reads such a folder. Blocks: not for the GUI thread."""

    def __init__(self, context: Context, canned: Canned, mailboxes: Mailboxes) -> None:
        self._context, self._canned, self._mailboxes = context, canned, mailboxes

    def write(self, folder: Path) -> int:
        """All that the agent may use; how many. Raises OSError, Problem(INVALID) when not empty."""
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Problem(ProblemKind.INVALID, what="folder", value=str(folder))
        names = self._names()
        rows = self._canned.list()
        for row in rows:
            reply = self._canned.get(row.id)
            self._write_files(folder / FILES, reply.files)
            place = folder / _place(reply.folder) if reply.folder else folder
            place.mkdir(exist_ok=True)
            for page in _pages(reply, names):
                stem = f"{file_stem(reply.name)}.{row.id}.{page.language}.md"
                (place / stem).write_text(written(page), encoding="utf-8", newline="\n")
        return len(rows)

    def _names(self) -> _Names:
        with self._context.database.reading() as connection:
            staff = {row.id: row.name for row in agent_rows(connection)}
        return _Names({box.id: box.settings.address for box in self._mailboxes.list()}, staff)

    def _write_files(self, place: Path, files: Sequence[OutgoingFile]) -> None:
        with self._context.database.reading() as connection:
            found = get_blobs(connection, [file.sha256 for file in files])
        for file in files:
            place.mkdir(exist_ok=True)
            (place / _file_name(file)).write_bytes(found[file.sha256])

    def read(self, folder: Path, *, dry_run: bool = False) -> CannedImport:
        """Takes every ``.md`` file in; a reply of the same name is brought up to date.

        Languages that the folder does not have stay. Raises OSError for the folder itself.
        """
        pages, faults = read_pages(folder, self._context.agent)
        boxes = {box.settings.address.casefold(): box.id for box in self._mailboxes.list()}
        known = {(name_key(row.name), row.owner): row.id for row in self._canned.list()}
        reading = _Reading(folder, known, boxes, self._names(), dry_run, {})
        counts = dict.fromkeys(("new", "updated", "same"), 0)
        left, refused = pages, list[FileFault]()
        while left:  # what includes another is taken after it, so refused ones get another turn
            again, refused = list[list[Found]](), []
            for listed in left:
                try:
                    counts[self._take(reading, listed)] += 1
                except (Problem, OSError) as error:
                    again.append(listed)
                    refused += [FileFault(file, as_problem(error)) for file, _ in listed]
            left = again if len(again) < len(left) else []
        return CannedImport(**counts, faults=(*faults, *refused))

    def _take(self, reading: _Reading, listed: Sequence[Found]) -> str:
        """Keeps one reply; which count it goes to."""
        pages = [page for _, page in listed]
        owner = self._context.agent if pages[0].own else None
        one = reading.known.get((name_key(pages[0].name), owner))
        was = None if one is None else self._canned.get(one)
        wanted = self._wanted(reading, was, pages, owner)
        if wanted == was:
            return "same"
        if reading.dry_run:
            key = name_key(wanted.name), wanted.owner
            reading.coming[key] = self._canned.check(wanted, reading.coming)
        else:
            self._canned.save(wanted)
        return "new" if was is None else "updated"

    def _wanted(
        self,
        reading: _Reading,
        was: CannedReply | None,
        pages: Sequence[CannedPage],
        owner: AgentId | None,
    ) -> CannedReply:
        head = head_of(pages, _pages(was, reading.names)[0] if was is not None else None)
        if head.mailbox and head.mailbox.casefold() not in reading.boxes:
            raise Problem(ProblemKind.INVALID, what="mailbox", value=head.mailbox)
        files = self._read_files(reading, head.files, was.files if was else ())
        listed = dict(zip(map(_last, head.files), files, strict=True))
        told = {page.language: _read_pictures(page.text, listed) for page in pages}
        texts = [(tag, _newer(told, tag, text)) for tag, text in (was.texts if was else ())]
        return CannedReply(
            id=was.id if was else None,
            name=was.name if was else head.name,
            folder=head.folder,
            texts=(*texts, *told.items()),
            version=was.version if was else 1,
            owner=owner,
            mailbox_id=reading.boxes.get(head.mailbox.casefold()) if head.mailbox else None,
            actions=replace(head.actions, assignee=reading.names.agent(head.colleague)),
            files=files,
        )

    def _read_files(
        self, reading: _Reading, names: Sequence[str], was: Sequence[OutgoingFile]
    ) -> tuple[OutgoingFile, ...]:
        """A file that the reply has already keeps the name and type it was given."""
        known = {file.sha256: file for file in was}
        return tuple(self._read_file(reading, name, known) for name in names)

    def _read_file(
        self, reading: _Reading, name: str, known: Mapping[BlobHash, OutgoingFile]
    ) -> OutgoingFile:
        last = _last(name)
        path = inside(reading.folder, reading.folder / FILES / last)
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Problem(ProblemKind.TOO_LARGE, size=size, limit=LARGEST_FILE)
        data = path.read_bytes()
        sha256 = BlobHash(hashlib.sha256(data).hexdigest())
        if sha256 in known:
            return known[sha256]
        kind = mimetypes.guess_type(last)[0] or "application/octet-stream"
        shown = last.removeprefix(f"{sha256[:_SHOWN_HASH]} ")
        if reading.dry_run:
            return OutgoingFile(shown, kind, size, sha256)
        return self._canned.keep_file(shown, kind, data)


def _pages(reply: CannedReply, names: _Names) -> tuple[CannedPage, ...]:
    box = "" if reply.mailbox_id is None else names.boxes.get(reply.mailbox_id, "")
    to = reply.actions.assignee
    colleague = "" if to is None else names.staff.get(to, "")
    way = f"../{FILES}" if reply.folder else FILES
    told = {file.filename: f"{way}/{quote(_file_name(file))}" for file in reply.files}
    texts = (
        (tag, renamed_pictures(text, lambda name: told.get(name, name)))
        for tag, text in reply.texts
    )
    named = replace(reply, texts=tuple(texts))
    return to_pages(named, box, map(_file_name, reply.files), colleague)


def _read_pictures(text: str, files: Mapping[str, OutgoingFile]) -> str:
    """The text with its pictures by the names that their files have in the reply."""

    def named(told: str) -> str:
        last = _last(unquote(told))
        return files[last].filename if last in files else told

    return renamed_pictures(text, named)


def _file_name(file: OutgoingFile) -> str:
    return f"{file.sha256[:_SHOWN_HASH]} {file_stem(file.filename.replace(',', ' '))}"


def _last(name: str) -> str:
    """The last part of a path: never outside the folder."""
    return name.replace("\\", "/").rpartition("/")[2]


def _place(folder: str) -> str:
    stem = file_stem(folder)
    return f"_{stem}" if stem.casefold() == FILES else stem


def _newer(told: dict[str, str], language: str, text: str) -> str:
    """The text of the file, taken out of ``told``; blank lines around it are no edit."""
    wanted = told.pop(language, text)
    return text if wanted.strip() == text.strip() else wanted
