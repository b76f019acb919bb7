"""Mail that other projects collected, against the answers they give."""

import json
import re
from pathlib import Path

from deskapp.domain.kinds import MailKind
from deskapp.domain.mail import ParsedMail, UnreadableMail
from deskapp.mail.parse import parse_mail, read_attachment

from .cases import cases

FOLDERS = (
    *("stalwart", "mime4j", "mikel_mail", "nodemailer", "sisimai", "talon", "mimekit"),
    *("github_email_reply_parser", "mail-parser-reply", "imaptest"),
)


def mails(folder: Path) -> list[Path]:
    kinds = (".eml", ".txt", ".msg", ".mbox", "")
    return [each for each in folder.rglob("*") if each.is_file() and each.suffix in kinds]


def test_every_file_is_read_and_its_files_can_be_fetched():
    count = 0
    for name in FOLDERS:
        for path in mails(cases(name)):
            raw = path.read_bytes()
            try:
                mail = parse_mail(raw)
            except UnreadableMail as refusal:
                assert refusal.reason == "empty", path
                assert not raw.strip(), path
                continue
            count += 1
            for text in (mail.text, mail.html, mail.subject, mail.sender.name):
                assert "\x00" not in text
                text.encode("utf-8")
            for info in mail.attachments:
                assert read_attachment(raw, info.index)[0] == info, path
    assert count > 600


def stated(tree: dict, name: str) -> object:  # type: ignore[type-arg]
    values = [each["value"] for each in tree["parts"][0]["headers"] if each["name"] == name]
    return values[-1] if values else None


def text_of(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("Text", "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def first_address(value: object) -> str:
    found = re.search(r"'address': '([^']+)'", str(value))
    return found[1] if found else ""


def test_subjects_and_senders_agree_with_stalwart():
    folder = cases("stalwart") / "resources/eml"
    subjects: list[bool] = []
    senders: list[bool] = []
    for answer in sorted(folder.rglob("*.json")):
        path = answer.with_suffix(".eml")
        if not path.exists():
            continue
        tree = json.loads(answer.read_text("utf-8"))
        mail = parse_mail(path.read_bytes())
        subjects.append(mail.subject == text_of(stated(tree, "subject")))
        senders.append(mail.sender.address == first_address(stated(tree, "from")))
    assert len(subjects) > 50
    assert sum(subjects) / len(subjects) >= 79 / 84
    assert sum(senders) / len(senders) >= 0.95


def read_sisimai(pattern: str) -> list[ParsedMail]:
    found = sorted((cases("sisimai") / "maildir").rglob(pattern))
    assert found
    return [parse_mail(each.read_bytes()) for each in found]


def test_bounces_of_many_servers_are_known():
    bounces = read_sisimai("lhost-*")
    known = [each for each in bounces if each.kind is MailKind.BOUNCE]
    assert len(known) / len(bounces) >= 0.98
    named = [each for each in known if each.bounce and "@" in each.bounce.recipient]
    assert len(named) / len(known) >= 0.85


def test_mail_that_is_no_bounce_is_not_called_one():
    # the third file there is a bounce in plain words that sisimai only cannot take apart
    plain = read_sisimai("not/is-not-bounce-*")
    assert all(each.kind is not MailKind.BOUNCE for each in plain)


def test_automatic_answers_are_known():
    kinds = [each.kind for each in read_sisimai("rfc3834-*")]
    automatic = [kind in (MailKind.AUTO_REPLY, MailKind.OUT_OF_OFFICE) for kind in kinds]
    assert sum(automatic) / len(automatic) >= 0.8
