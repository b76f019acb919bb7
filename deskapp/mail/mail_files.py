"""Mail out of files: mbox, Maildir, single mails, and folders of them, read one by one.

mbox as RFC 4155 and its relatives have it: a mail begins at a line "From " at the start of the
file or after an empty line. Bodies that hold such a line unquoted are common, so the line counts
only where a header field follows it. One ">" is taken off lines that begin ">From ", ">>From ".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")  # RFC 5322, 2.2: a field's name and its colon
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")
_MAIL_NAMES = (".eml", ".mbox", ".mbx")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class FoundMail:
    """One mail and where it lies; in an mbox the place ends with its number there."""

    place: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class NotMail:
    """A file that is no mail; ``reason`` is not_mail, empty, or the system's own words."""

    place: str
    reason: str


def read_mail_files(path: Path) -> Iterator[FoundMail | NotMail]:
    """The mails of a file or folder, in the order of names. One mail at a time is in memory.

    In a folder other files are passed over; a file that was named itself never is.
    """
    if path.is_dir():
        yield from _folder(path)
    else:
        yield from _file(path)


def _folder(path: Path) -> Iterator[FoundMail | NotMail]:
    maildir = (path / "cur").is_dir()
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        yield NotMail(str(path), error.strerror or "unreadable")
        return
    for entry in entries:
        if entry.is_dir():
            # tmp holds half-delivered mails; a linked folder could lead in a circle.
            if not (entry.is_symlink() or (maildir and entry.name == "tmp")):
                yield from _folder(entry)
        elif _is_maildir_part(path) or _is_mail_file(entry):
            yield from _file(entry)


def _is_maildir_part(path: Path) -> bool:
    return path.name in ("cur", "new") and (path.parent / "cur").is_dir()


def _is_mail_file(path: Path) -> bool:
    """By its name, or as an mbox without one, as Thunderbird has them."""
    if path.suffix.lower() in _MAIL_NAMES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(5) == b"From "
    except OSError:
        return False


def _file(path: Path) -> Iterator[FoundMail | NotMail]:
    try:
        with path.open("rb") as file:
            if file.peek(5)[:5] == b"From ":
                yield from _mbox(file, str(path))
            else:
                yield _single(str(path), file.read())
    except OSError as error:
        yield NotMail(str(path), error.strerror or "unreadable")


def _single(place: str, raw: bytes) -> FoundMail | NotMail:
    plain = raw.removeprefix(_BOM).lstrip(b"\r\n")
    if not plain.strip():
        return NotMail(place, "empty")
    if not _FIELD.match(plain):
        return NotMail(place, "not_mail")
    return FoundMail(place, plain)


def _mbox(file: BufferedReader, path: str) -> Iterator[FoundMail | NotMail]:
    for number, lines in enumerate(_split(file), 1):
        if lines and not lines[-1].strip(b"\r\n"):
            lines.pop()  # the empty line belongs to the separator below
        raw = _QUOTED_FROM.sub(rb"\1", b"".join(lines))
        yield _single(f"{path}#{number}", raw)


def _split(file: BufferedReader) -> Iterator[list[bytes]]:
    """The lines of each mail. A line too long for a separator cannot be one."""
    lines: list[bytes] = []
    held = file.readline()  # a separator that the next line has yet to prove
    after_empty = False
    for line in file:
        if held:
            if _FIELD.match(line) or line.startswith(b">From "):
                if lines:
                    yield lines
                lines = []
            elif lines:
                lines.append(held)
            held = b""
        if after_empty and line.startswith(b"From "):
            held = line
        else:
            lines.append(line)
        after_empty = not line.strip(b"\r\n")
    if held and lines:
        lines.append(held)
    if lines:
        yield lines
