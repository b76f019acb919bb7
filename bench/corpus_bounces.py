"""Bounces recognised, false alarms, and status against what the delivery-status part states.

The status is judged by a second reader, the standard library's, of the same part; the folder's
name says which mails are bounces. Three of them are none by what they say and count as misses:
a complaint, a notice of delivery and a mailing list's alert.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from deskapp.domain.kinds import MailKind
from deskapp.domain.mail import ParsedMail, UnreadableMail
from deskapp.mail.parse import parse_mail

CASES = Path(__file__).resolve().parents[2] / "shared" / "mail-cases"
AUTOMATIC = (MailKind.AUTO_REPLY, MailKind.OUT_OF_OFFICE)
_WITH_HEADERS = ("stalwart", "mime4j", "nodemailer", "mikel_mail", "mimekit", "imaptest", "talon")
_TEXTS = ("email_reply_trimmer", "github_email_reply_parser", "mail-parser-reply")
_NO_MAIL = (".json", ".xml", ".js", ".list", ".tnef", ".md", ".bin")
_REPORTS = re.compile(rb"delivery-status|mailer-daemon|postmaster|undeliver|returned mail", re.I)
_CLASS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")


def figures() -> Iterator[str]:
    """A line per figure, then each miss."""
    folder = CASES / "sisimai" / "maildir"
    if not folder.exists():
        yield "bounces: mail-cases/sisimai is not beside the checkout"
        return
    mails = {file: file.read_bytes() for file in sorted(folder.rglob("lhost-*"))}
    read = {file.stem: parse_mail(raw) for file, raw in mails.items()}
    missed = [name for name, mail in read.items() if mail.kind is not MailKind.BOUNCE]
    known = [mail.bounce for mail in read.values() if mail.bounce]
    yield f"bounces: {_share(len(known), len(read))} recognised"
    for name in missed:
        yield f"    {name}: {read[name].kind}"
    named = sum("@" in bounce.recipient for bounce in known)
    yield f"bounces: recipient named in {_share(named, len(known))}"
    returned = sum(bool(bounce.message_id) for bounce in known)
    yield f"bounces: returned Message-ID found in {_share(returned, len(known))}"
    yield from _statuses(mails, read)
    answers = [parse_mail(file.read_bytes()).kind for file in sorted(folder.rglob("rfc3834-*"))]
    automatic = sum(kind in AUTOMATIC for kind in answers)
    yield f"auto-replies: {_share(automatic, len(answers))} recognised"
    yield from _false_alarms()


def _statuses(mails: dict[Path, bytes], read: dict[str, ParsedMail]) -> Iterator[str]:
    judged = right = 0
    wrong = []
    for file, raw in mails.items():
        stated = _stated_classes(email.message_from_bytes(raw, policy=email.policy.compat32))
        bounce = read[file.stem].bounce
        if not stated or bounce is None:
            continue
        judged += 1
        if bounce.status[:1] in stated:
            right += 1
        else:
            wrong.append(f"    {file.stem}: part says {sorted(stated)}, we {bounce.status!r}")
    yield f"bounces with a status in a delivery-status part: class right in {_share(right, judged)}"
    yield from wrong


def _stated_classes(mail: Message) -> set[str]:
    """The classes of all recipients that the part's Status and Diagnostic-Code fields state."""
    found: set[str] = set()
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for block in part.get_payload():
                if isinstance(block, Message) and "status" in block:
                    match = _CLASS.match(str(block["status"]).strip())
                    found.update(match[1] if match else "")
    return found


def _false_alarms() -> Iterator[str]:
    looked = 0
    alarms = []
    for folder in (*_WITH_HEADERS, *_TEXTS):
        for file in sorted((CASES / folder).rglob("*")):
            if not file.is_file() or file.suffix in _NO_MAIL or file.stat().st_size > 3_000_000:
                continue
            raw = file.read_bytes()
            if folder in _TEXTS:
                raw = b"From: a@example.org\nSubject: Re: order\n\n" + raw
            try:
                kind = parse_mail(raw).kind
            except UnreadableMail:
                continue
            looked += 1
            if kind is MailKind.BOUNCE and not _REPORTS.search(raw):
                alarms.append(f"    {folder}/{file.name}")
    yield f"bounces: {len(alarms)} false alarms on {looked} other mails"
    yield from alarms


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(whole, 1):.1%})"


if __name__ == "__main__":
    for line in figures():
        print(line)
