"""Turns a draft into the mail the customer will get: words, quote, signature and headers."""

import re
import secrets
from datetime import datetime

from deskapp.data.queries.answering import Answered, Sending
from deskapp.domain.mail import Address
from deskapp.domain.message_ids import make_message_id
from deskapp.domain.placeholders import find_unresolved
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft, OutgoingFile, OutgoingMail
from deskapp.domain.rich_reader import read_draft
from deskapp.domain.rich_text import pictures_in
from deskapp.domain.subjects import reply_subject

from .wording import Words

_NO_DOMAIN = "deskapp.invalid"  # RFC 2606: never anybody's
_LARGEST = 25 * 1024 * 1024  # bytes of files; base64 adds a third, and most servers stop at 35 MB
_address = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+|[^\s@<>,;\"]+@localhost")


def check(draft: Draft, *, anyway: bool = False) -> None:
    """What must be right before a reply may leave; each fault is a Problem of its own.

    ``anyway``: a person has seen that it is empty or large, and wants it sent.
    """
    if not draft.body.strip() and not draft.files and not draft.hands_on and not anyway:
        raise Problem(ProblemKind.EMPTY, what="reply")
    for mark in find_unresolved(draft.body):
        raise Problem(
            ProblemKind.UNRESOLVED_PLACEHOLDER, name=mark.name, start=mark.start, end=mark.end
        )
    if not draft.to:
        raise Problem(ProblemKind.INVALID, what="recipient", value="")
    for person in (*draft.to, *draft.cc, *draft.bcc):
        if not _address.fullmatch(person.address) or len(person.address) > 254:
            raise Problem(ProblemKind.INVALID, what="recipient", value=person.address)
    size = sum(file.size for file in draft.files)
    if size > _LARGEST and not anyway:
        raise Problem(ProblemKind.TOO_LARGE, size=size, limit=_LARGEST)


def recipients(facts: Sending) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """To and Cc of a fresh reply: whoever wrote last, and who was on it; never ourselves."""
    answered = facts.answered
    if answered is None or answered.outgoing:
        return _of_our_own(facts)
    wanted = [one for one in answered.reply_to if one.key not in facts.own_addresses]
    first = wanted or [answered.sender]
    to = tuple(one for one in first if one.key not in facts.own_addresses and one.address)
    if not to and facts.customer:
        to = (facts.customer,)
    taken = {one.key for one in to} | facts.own_addresses
    cc = {one.key: one for one in answered.others if one.address and one.key not in taken}
    return to, tuple(cc.values())


def _of_our_own(facts: Sending) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """The customer again, and who else had our mail to them: they never wrote."""
    to = (facts.customer,) if facts.customer else ()
    had = {one.key: one for one in facts.answered.others} if facts.answered else {}
    if not facts.customer_keys & had.keys():
        return to, ()
    taken = facts.customer_keys | facts.own_addresses
    return to, tuple(one for key, one in had.items() if one.address and key not in taken)


def outgoing_mail(
    draft: Draft,
    facts: Sending,
    words: Words,
    files: tuple[tuple[OutgoingFile, bytes], ...],
    at: datetime,
) -> OutgoingMail:
    """The mail with a Message-ID of our own, which never changes again."""
    domain = facts.mailbox.address.rpartition("@")[2]
    return OutgoingMail(
        message_id=_new_id(facts.secret, domain),
        sender=facts.mailbox,
        to=draft.to,
        cc=draft.cc,
        bcc=draft.bcc,
        subject=reply_subject(facts.subject) if facts.answered else facts.subject,
        text=words.text,
        date=at,
        in_reply_to=facts.answered.message_id if facts.answered else "",
        references=_references(facts.answered),
        files=files,
        html=words.html,
    )


def files_of(draft: Draft) -> tuple[OutgoingFile, ...]:
    """What goes with a draft: not a picture that was taken out of the text again."""
    if draft.plain or not draft.html:
        return draft.files
    document = read_draft(draft.body, draft.html)
    shown = {one.content_id for one in pictures_in(document)}
    gone = shown - {file.content_id for file in draft.files}
    if gone:
        name = next(one.name for one in pictures_in(document) if one.content_id in gone)
        raise Problem(ProblemKind.FILE_UNREADABLE, path=name)
    return tuple(file for file in draft.files if not file.content_id or file.content_id in shown)


def _new_id(secret: bytes, domain: str) -> str:
    """An id at the mailbox's domain, or at one that is nobody's where no id can carry that."""
    token = secrets.token_hex(16)
    try:
        return make_message_id(secret, domain, token)
    except ValueError:
        return make_message_id(secret, _NO_DOMAIN, token)


def _references(answered: Answered | None) -> tuple[str, ...]:
    """RFC 5322, 3.6.4: the parent's References and then its own id. The builder cuts the chain."""
    if answered is None or not answered.message_id:
        return ()
    return tuple(dict.fromkeys((*answered.references, answered.message_id)))
