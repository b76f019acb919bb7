"""When two mails are one letter that came by two ways."""

from deskapp.data.queries.filing_facts import Facts, KnownMessage
from deskapp.domain.arrivals import Letter
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import Direction
from deskapp.domain.mail import ParsedMail
from deskapp.domain.message_ids import is_ours


def twin_of(facts: Facts, letter: Letter) -> KnownMessage | None:
    """The message this mail already is: same bytes, same letter, or our reply come back from Sent.

    An equal Message-ID alone drops nothing: whatever else differs, both are kept and marked. Who
    got a reply of ours knows its id, so only the copy in Sent may differ from what we wrote.
    """
    mail, unfiled = letter.mail, letter.unfiled
    same = facts.by_sha256.get(unfiled.sha256)
    if same is not None:
        return same
    if not mail.message_id:
        return None
    for known in facts.by_message_id.get(mail.message_id, ()):
        ours = known.direction is Direction.OUT and is_ours(facts.secret, mail.message_id)
        if (ours and unfiled.role == "sent") or _same_letter(known, mail):
            return known
    return None


def known_message(letter: Letter, row: int, ticket: TicketId, direction: Direction) -> KnownMessage:
    """A mail that has just been filed, as later ones of its batch see it."""
    mail = letter.mail
    return KnownMessage(
        row,
        ticket,
        mail.message_id,
        letter.unfiled.sha256,
        direction,
        mail.sender.key,
        mail.subject,
        mail.date,
        mail.text,
        mail.html,
        _files(mail),
    )


def _same_letter(known: KnownMessage, mail: ParsedMail) -> bool:
    """White space is what the way does to a text; a list's mark before the subject is too."""
    subjects = " ".join(known.subject.split()), " ".join(mail.subject.split())
    return (
        known.sender.strip() == mail.sender.key
        and known.dated_at == mail.date
        and (subjects[0].endswith(subjects[1]) or subjects[1].endswith(subjects[0]))
        and known.files == _files(mail)
        and _letters(known.text) == _letters(mail.text)
        and _letters(known.html) == _letters(mail.html)
    )


def _letters(text: str) -> str:
    return "".join(text.split())


def _files(mail: ParsedMail) -> frozenset[str]:
    return frozenset(file.sha256 for file in mail.attachments)
