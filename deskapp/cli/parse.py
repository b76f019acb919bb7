"""``deskapp parse``: how mails are read; touches no desk."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import FAILED, IN_PART
from .options import Json
from .output import show_json

if TYPE_CHECKING:
    from deskapp.domain.mail import ParsedMail

app = typer.Typer()


@app.command()
def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE", show_default=False)],
    as_json: Json = False,  # the answer is JSON either way: it is made for programs
    trusted: Annotated[
        str,
        typer.Option(
            "--authserv-id",
            metavar="NAME",
            help="The name of your own server in Authentication-Results; nobody else is believed.",
        ),
    ] = "",
) -> None:
    """Show how each mail is read: one line of JSON per file."""
    read = sum(_parse_one(file, trusted) for file in files)
    if read < len(files):
        raise typer.Exit(IN_PART if read else FAILED)


def _parse_one(file: str, trusted: str) -> bool:
    from deskapp.domain.mail import UnreadableMail
    from deskapp.mail.parse import parse_mail

    try:
        parsed = parse_mail(Path(file).read_bytes())
    except OSError as error:
        show_json({"file": file, "error": {"kind": "file_unreadable", "said": error.strerror}})
    except UnreadableMail as error:
        show_json({"file": file, "error": {"kind": "unreadable_mail", "reason": error.reason}})
    else:
        asked = {"sender_verdict": _verdict(parsed, trusted)} if trusted else {}
        show_json(_told(file, parsed) | asked)
        return True
    return False


def _verdict(mail: "ParsedMail", trusted: str) -> str:
    from deskapp.domain.authentication import sender_verdict

    senders = [] if "several_from" in mail.defects else [mail.sender.address]
    return sender_verdict(mail.authentication, trusted, senders)


def _told(file: str, mail: "ParsedMail") -> dict[str, object]:
    """The mail as the contract names its parts (DESIGN section 6)."""
    attachments, bounce = [asdict(one) for one in mail.attachments], mail.bounce
    for one in attachments:
        del one["index"]
    return {
        "file": file,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "date": mail.date,
        "from": asdict(mail.sender),
        "reply_to": [asdict(one) for one in mail.reply_to],
        "to": [asdict(one) for one in mail.to],
        "cc": [asdict(one) for one in mail.cc],
        "subject": mail.subject,
        "text": mail.text,
        "reply_text": mail.reply_text,
        "html": mail.html,
        "attachments": attachments,
        "kind": mail.kind,
        "language": mail.language,
        "bounce": bounce and {**asdict(bounce), "permanent": bounce.permanent},
        "defects": mail.defects,
    }
