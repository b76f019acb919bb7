"""``deskapp import``: mail out of files becomes closed tickets."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.arrivals import Filed
from deskapp.domain.problem import Problem, ProblemKind

from .errors import FAILED, IN_PART
from .house import opened
from .options import Json
from .output import show_json, tell

if TYPE_CHECKING:
    from deskapp.mail.mail_files import FoundMail, NotMail

app = typer.Typer()

_TELL_EVERY = 2.0  # seconds between two lines of progress


@app.command("import")
def import_(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", show_default=False, help="An mbox, a Maildir, an .eml, or a folder."
        ),
    ],
    as_json: Json = False,
) -> None:
    """Take in mail from files as closed tickets; what is here already is not taken twice."""
    from deskapp.mail.mail_files import read_mail_files

    for path in paths:
        if not path.exists():  # before the first is taken in: all that was named, or nothing
            raise Problem(ProblemKind.FILE_MISSING, path=str(path))
    begun = time.monotonic()
    reading = _Reading(found for path in paths for found in read_mail_files(path))
    with opened(context) as desk:
        filed = desk.intake.import_mails(reading.raws(), reading.after_batch)
    told = {
        "messages": filed.messages + filed.duplicates + len(reading.held),
        "new": filed.messages,
        "duplicate": filed.duplicates,
        "held": len(reading.held),
        "tickets": filed.tickets,
        "seconds": round(time.monotonic() - begun, 3),
    }
    if as_json:
        held = [{"path": place, "reason": reason} for place, reason in reading.held]
        show_json({**told, "held_files": held})
    else:
        for place, reason in reading.held:
            tell(f"Held: {place} cannot be read as a mail ({reason.replace('_', ' ')}).")
        typer.echo(
            f"{told['messages']} mails: {filed.messages} new in {filed.tickets} tickets, "
            f"{filed.duplicates} already here, {len(reading.held)} held."
        )
    if reading.held:
        raise typer.Exit(IN_PART if filed.messages or filed.duplicates else FAILED)


class _Reading:
    """The mails on their way in, and where each that cannot be read lies."""

    def __init__(self, found: "Iterator[FoundMail | NotMail]") -> None:
        self._found = found
        self._places: dict[int, str] = {}
        self._next_line = time.monotonic() + _TELL_EVERY
        self.held: list[tuple[str, str]] = []

    def raws(self) -> Iterator[bytes]:
        """The bytes of each mail; what is no mail is noted and passed over."""
        from deskapp.mail.mail_files import NotMail

        number = 0
        for one in self._found:
            if isinstance(one, NotMail):
                self.held.append((one.place, one.reason))
                continue
            self._places[number] = one.place
            number += 1
            yield one.raw

    def after_batch(self, total: Filed, held: Sequence[tuple[int, str]]) -> None:
        """Names what could not be read, and says now and then how far it is."""
        self.held += [(self._places[place], reason) for place, reason in held]
        self._places.clear()
        if time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + _TELL_EVERY
            tell(f"{total.messages + total.duplicates} mails so far …")
