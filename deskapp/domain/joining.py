"""The threading decision: which ticket an incoming mail belongs to, and how sure that is.

Anybody can write any id into References and any number into a subject. So a mail joins a ticket
only when its sender already takes part there, or when it answers an id that we signed; a mail that
merely names a ticket becomes a ticket of its own, marked with what it claims. Equal subjects join
nothing: two people write "Order" on the same day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .ids import TicketId
from .kinds import MailKind

MOST_IDS = 50
"""Longer References than this are somebody's attempt to be found; the newest ids count."""


class JoinReason(StrEnum):
    """Why a mail went where it went; kept with the message and shown to the agent."""

    REFERENCE = "reference"  # answers a message of the ticket
    SUBJECT_TOKEN = "subject_token"  # carries the ticket's number, from somebody who takes part
    CLAIM = "claim"  # names a ticket it has no right to: a ticket of its own
    NEW = "new"  # names nothing we know


@dataclass(frozen=True, slots=True)
class Known:
    """A ticket that one of the mail's ids, or its subject token, leads to.

    ``signed``: the id is one of ours by its MAC (``message_ids.is_ours``). ``participants`` are the
    ``Address.key`` of everybody who wrote or was written to on the ticket, without our mailboxes.
    """

    ticket: TicketId
    signed: bool
    participants: frozenset[str]


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a mail goes; ``ticket`` None: a ticket of its own.

    ``marked``: shown with a warning, because the sender is new on the ticket, or (``ticket`` None)
    because the mail claims to belong to ``claims``. ``reopens``: whether a solved ticket comes back
    by it; machines never do that. ``message_id`` is the id that decided, "" when none did.
    """

    ticket: TicketId | None
    reason: JoinReason
    marked: bool
    reopens: bool
    message_id: str = ""
    claims: TicketId | None = None


def ids_newest_first(
    in_reply_to: str, references: Sequence[str], bounced: Iterable[str] = ()
) -> tuple[str, ...]:
    """The ids to look up: In-Reply-To, then References (written oldest first) from their end.

    ``bounced``: Message-IDs found in the returned part of a delivery report; these come first.
    """
    ids = (*bounced, in_reply_to, *reversed(references))
    return tuple(dict.fromkeys(filter(None, ids)))[:MOST_IDS]


def decide(
    ids: Sequence[str],
    known: Mapping[str, Known],
    sender: str,
    kind: MailKind = MailKind.HUMAN,
    token: Known | None = None,
) -> Decision:
    """The rule. ``ids`` newest first; ``known`` holds those found on tickets; ``sender`` is a key.

    The newest id wins that gives a right to join; older ones count when newer ones do not.
    ``token`` is the ticket whose number stands in the subject; only a person's mail may use it.
    """
    reopens = kind is MailKind.HUMAN
    hits = [(message_id, known[message_id]) for message_id in ids if message_id in known]
    for message_id, hit in hits:
        takes_part = sender in hit.participants
        if takes_part or hit.signed:
            reports = kind is MailKind.BOUNCE  # a mail server is nobody's participant
            marked = not (takes_part or reports)
            return Decision(hit.ticket, JoinReason.REFERENCE, marked, reopens, message_id)
    if token is not None and reopens and sender in token.participants:
        return Decision(token.ticket, JoinReason.SUBJECT_TOKEN, marked=False, reopens=True)
    if hits:
        message_id, hit = hits[0]
        return Decision(None, JoinReason.CLAIM, True, reopens, message_id, claims=hit.ticket)
    return Decision(None, JoinReason.NEW, marked=False, reopens=reopens)
