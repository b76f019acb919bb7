"""The threading decision: which ticket an incoming mail belongs to, and how sure that is.

Anybody can write any id into References and any number into a subject. So a mail joins a ticket
only when its sender already takes part there, or when it answers an id that we signed; a mail that
merely names a ticket becomes a ticket of its own, marked with what it claims.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .ids import MessageId, TicketId
from .kinds import MailKind

MOST_IDS = 50
"""Longer References than this are somebody's attempt to be found; the newest ids count."""


class JoinReason(StrEnum):
    """Why a mail went where it went; kept with the message and shown to the agent."""

    OWN_ID = "own_id"  # answers a message of ours by the id that we signed
    RETURNED = "returned"  # a delivery report about a message of ours
    IN_REPLY_TO = "in_reply_to"
    REFERENCE = "reference"
    ANSWERED = "answered"  # answers to it were on the ticket before it
    SAME_ID = "same_id"  # bears the id of a mail on the ticket, as one sent twice does
    MARKER = "marker"  # an id that we signed stands in its text
    SUBJECT = "subject"  # an answer with the same subject, by the same person, days apart
    SUBJECT_TOKEN = "subject_token"  # carries the ticket's number, from somebody who takes part
    FOLLOWS = "follows"  # answers a ticket that ended too long ago: a ticket of its own, linked
    CLAIM = "claim"  # names a ticket it has no right to: a ticket of its own
    NEW = "new"  # names nothing we know


@dataclass(frozen=True, slots=True)
class Named:
    """An id that a mail names. ``by``: how it names it."""

    message_id: str
    by: JoinReason


@dataclass(frozen=True, slots=True)
class Known:
    """A ticket that one of the mail's ids, its subject or its subject token leads to.

    ``signed``: the id is one of ours by its MAC (``message_ids.is_ours``). ``participants`` are the
    ``Address.key`` of everybody who wrote or was written to on the ticket, without our mailboxes.
    ``bears``: a message of the ticket has the id; else one merely refers to it, as anybody can.
    ``sent``: that message is one of ours.

    ``side``: that message stands in this side thread, with a third party; ``participants`` are then
    those of the thread alone, never the customer, and ``beside`` those of the ticket itself.
    """

    ticket: TicketId
    signed: bool
    participants: frozenset[str]
    bears: bool = True
    sent: bool = False
    side: MessageId | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """All that one decision is made from.

    ``named``: newest first, see ``named_newest_first``. ``sender``: a key, "" for nobody. ``ours``:
    proven to be written by us. ``colleague``: says so, and nothing proves it. ``same_subject``:
    tickets with an answer's subject, the newest first. ``token``: whose number is in the subject.
    """

    named: Sequence[Named]
    known: Mapping[str, Sequence[Known]]
    sender: str
    kind: MailKind = MailKind.HUMAN
    ours: bool = False
    colleague: bool = False
    same_subject: Sequence[Known] = field(default=())
    token: Known | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a mail goes; ``ticket`` None: a ticket of its own.

    ``marked``: shown with a warning, because the sender is new on the ticket, or (``ticket`` None)
    because the mail claims to belong to ``claims``. ``message_id`` is the id that decided, "" when
    none did. ``follows``: the ended ticket that a ticket of its own goes on from. ``side``: the
    side thread of the ticket that it belongs to, apart from what the customer reads.
    """

    ticket: TicketId | None
    reason: JoinReason
    marked: bool = False
    message_id: str = ""
    claims: TicketId | None = None
    follows: TicketId | None = None
    side: MessageId | None = None


def named_newest_first(
    in_reply_to: str,
    references: Sequence[str],
    *,
    returned: Iterable[str] = (),
    in_text: Iterable[str] = (),
    own_id: str = "",
) -> tuple[Named, ...]:
    """The ids to look up: In-Reply-To, then References (written oldest first) from their end.

    ``returned``: ids in the returned part of a delivery report; these come first. ``own_id``: the
    mail's own, as answers to it may be here before it. ``in_text``: ids of ours in its text.
    """
    found: dict[str, JoinReason] = {}
    for by, ids in (
        (JoinReason.RETURNED, returned),
        (JoinReason.IN_REPLY_TO, (in_reply_to,)),
        (JoinReason.REFERENCE, reversed(references[-MOST_IDS:])),
    ):
        for one in ids:
            if one and len(found) < MOST_IDS:
                found.setdefault(one, by)
    if own_id:
        found.setdefault(own_id, JoinReason.ANSWERED)
    for one in in_text:
        found.setdefault(one, JoinReason.MARKER)
    return tuple(Named(one, by) for one, by in found.items())


def decide(asked: Asked) -> Decision:
    """The rule. The newest id wins that gives a right to join, ids we signed before all others."""
    headers = [one for one in asked.named if one.by is not JoinReason.MARKER]
    markers = [one for one in asked.named if one.by is JoinReason.MARKER]
    return (
        _by_signed(asked, headers)
        or _by_taking_part(asked, headers)
        or _by_marker(asked, markers)
        or _by_token(asked)
        or _by_subject(asked)
        or _claim(asked, headers)
        or Decision(None, JoinReason.NEW)
    )


def _by_signed(asked: Asked, named: Sequence[Named]) -> Decision | None:
    """Who answers our own id had our mail, though perhaps from somebody else: hence the mark."""
    for one in named:
        if one.by is JoinReason.ANSWERED:
            continue  # a mail that bears our id without being ours answers nothing
        bearers = [hit for hit in asked.known.get(one.message_id, ()) if hit.signed and hit.bears]
        for hit in sorted(bearers, key=lambda hit: not _takes_part(asked, hit)):
            reports = asked.kind is MailKind.BOUNCE  # a mail server is nobody's participant
            marked = not (_takes_part(asked, hit) or reports)
            reason = one.by if one.by is JoinReason.RETURNED else JoinReason.OWN_ID
            return _joined(asked, hit, reason, one.message_id, marked=marked)
    return None


def _by_taking_part(asked: Asked, named: Sequence[Named]) -> Decision | None:
    for one in named:
        hits = sorted(asked.known.get(one.message_id, ()), key=lambda hit: not hit.bears)
        for hit in hits:
            if _takes_part(asked, hit):
                twice = one.by is JoinReason.ANSWERED and hit.bears
                reason = JoinReason.SAME_ID if twice else one.by
                return _joined(asked, hit, reason, one.message_id)
            reports = asked.kind is MailKind.BOUNCE and hit.sent
            if hit.bears and (asked.colleague or reports):
                return _joined(asked, hit, one.by, one.message_id, marked=True)
    return None


def _by_marker(asked: Asked, named: Sequence[Named]) -> Decision | None:
    for one in named:
        for hit in asked.known.get(one.message_id, ()):
            if hit.signed and hit.bears:
                if asked.kind is MailKind.BOUNCE:
                    return _joined(asked, hit, JoinReason.RETURNED, one.message_id)
                if _takes_part(asked, hit):
                    return _joined(asked, hit, JoinReason.MARKER, one.message_id)
    return None


def _by_token(asked: Asked) -> Decision | None:
    """Not for our own mail to others: its token may be of their helpdesk."""
    token = asked.token
    if token is None or asked.sender not in token.participants:
        return None
    return Decision(token.ticket, JoinReason.SUBJECT_TOKEN)


def _by_subject(asked: Asked) -> Decision | None:
    for hit in asked.same_subject:
        if asked.sender in hit.participants:
            return Decision(hit.ticket, JoinReason.SUBJECT)
    return None


def _claim(asked: Asked, named: Sequence[Named]) -> Decision | None:
    """Only what a ticket's message bears can be claimed: what others refer to is nobody's yet."""
    for one in named:
        if one.by is JoinReason.ANSWERED:
            continue
        for hit in asked.known.get(one.message_id, ()):
            if hit.bears:
                return Decision(None, JoinReason.CLAIM, True, one.message_id, claims=hit.ticket)
    return None


def _takes_part(asked: Asked, hit: Known) -> bool:
    return asked.ours or asked.sender in hit.participants or asked.sender in hit.beside


def _joined(
    asked: Asked, hit: Known, reason: JoinReason, message_id: str, *, marked: bool = False
) -> Decision:
    """Who takes part in the ticket itself, and not in the side thread whose mail somebody showed
    them, speaks to us as on the ticket. Everybody else's words stay in the side thread."""
    to_ticket = asked.sender in hit.beside and asked.sender not in hit.participants
    side = None if to_ticket else hit.side
    return Decision(hit.ticket, reason, marked, message_id, side=side)
