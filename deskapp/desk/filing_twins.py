"""When two mails are one letter that came by two ways."""

from collections.abc import Iterable

from deskapp.data.queries.filing_facts import Facts, KnownMessage, Place
from deskapp.data.queries.filing_sent import SentAsked
from deskapp.domain.arrivals import Letter
from deskapp.domain.kinds import Direction
from deskapp.domain.mail import ParsedMail
from deskapp.domain.message_ids import is_ours
from deskapp.domain.standing import Fact


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
    copies = facts.written_here if unfiled.role == "sent" else []
    return next((known for known in copies if _same_words(known, mail)), None)


def sent_asked(letters: Iterable[Letter]) -> SentAsked:
    """What to look for among our own letters: the server may have given a copy another id."""
    copies = [one.mail for one in letters if one.unfiled.role == "sent" and one.mail.date]
    people = {person.key for mail in copies for person in (*mail.to, *mail.cc) if person.address}
    return SentAsked({mail.date for mail in copies if mail.date is not None}, people)


def known_message(letter: Letter, fact: Fact, place: Place) -> KnownMessage:
    """A mail that has just been filed, as later ones of its batch see it."""
    mail = letter.mail
    return KnownMessage(
        fact.id,
        place[0],
        mail.message_id,
        letter.unfiled.sha256,
        fact.direction,
        mail.sender.key,
        mail.subject,
        mail.date,
        mail.text,
        mail.html,
        _files(mail),
        fact.at,
        place[1],
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


def _same_words(known: KnownMessage, mail: ParsedMail) -> bool:
    """Written in the same second, with one subject and one text: some servers change the rest."""
    return (
        known.dated_at == mail.date
        and " ".join(known.subject.split()) == " ".join(mail.subject.split())
        and _letters(known.text) == _letters(mail.text)
    )


def _letters(text: str) -> str:
    return "".join(text.split())


def _files(mail: ParsedMail) -> frozenset[str]:
    return frozenset(file.sha256 for file in mail.attachments)
