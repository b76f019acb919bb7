"""The rows that a filed mail becomes, gathered for one batch."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deskapp.data.search import Indexed
from deskapp.domain.arrivals import Letter
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.joining import Decision
from deskapp.domain.kinds import Direction, EventKind
from deskapp.domain.mail import Address, Bounce, ParsedMail
from deskapp.domain.standing import Fact, speaks

Row = dict[str, Any]

_MOST_PEOPLE = 200  # addresses of one mail that are kept as rows; the rest stay in its bytes
_MOST_REFERENCES = 100


@dataclass(slots=True)
class Rows:
    """Rows by table, in the order in which they may be written."""

    messages: list[Row] = field(default_factory=list)
    bodies: list[Row] = field(default_factory=list)
    addresses: list[Row] = field(default_factory=list)
    references: list[Row] = field(default_factory=list)
    attachments: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    bounces: list[Row] = field(default_factory=list)
    search: list[Indexed] = field(default_factory=list)
    undelivered: list[Row] = field(default_factory=list)  # addresses that are no more
    same_id: set[int] = field(default_factory=set)  # messages whose id another one has too
    taken_as_ours: list[Row] = field(default_factory=list)
    given_ids: list[Row] = field(default_factory=list)  # that servers gave to letters of ours
    heard: dict[TicketId, Fact] = field(default_factory=dict)  # what a sleeping ticket wakes to

    def spoke_on(self) -> set[TicketId]:
        """Tickets on which the customer's side has written now: no machine, no third party."""
        return {
            one["ticket_id"]
            for one in self.messages
            if one["direction"] == Direction.IN and speaks(one["kind"]) and one["side_id"] is None
        }

    def answered(self) -> dict[TicketId, datetime]:
        """Tickets that somebody of ours answered elsewhere, and when last."""
        last: dict[TicketId, datetime] = {}
        for one in self.messages:
            if one["direction"] == Direction.OUT and one["side_id"] is None:
                last[one["ticket_id"]] = max(one["at"], last.get(one["ticket_id"], one["at"]))
        return last

    def message(
        self,
        ticket: TicketId,
        fact: Fact,
        decision: Decision,
        letter: Letter,
        now: datetime,
        by: AgentId | None,
        *,
        marked_twice: bool,
    ) -> None:
        """All rows of one mail but its events. ``by``: the agent who wrote it."""
        mail, unfiled = letter.mail, letter.unfiled
        spoke = fact.direction is Direction.IN and speaks(fact.kind) and not unfiled.old
        if (spoke or fact.undelivered) and ticket not in self.heard:
            self.heard[ticket] = fact
        defects = (*mail.defects, "same_id") if marked_twice else mail.defects
        self.messages.append(
            {
                "id": fact.id,
                "ticket_id": ticket,
                "direction": fact.direction,
                "kind": mail.kind,
                "message_id": mail.message_id,
                "in_reply_to": mail.in_reply_to,
                "sender_name": mail.sender.name,
                "sender_address": mail.sender.address[:320],
                "subject": mail.subject,
                "at": fact.at,
                "dated_at": mail.date,
                "created_at": now,
                "agent_id": by,
                "mailbox_id": unfiled.mailbox_id,
                "sha256": unfiled.sha256,
                "language": mail.language,
                "joined_by": decision.reason,
                "joined_id": decision.message_id,
                "claims_id": decision.claims,
                "side_id": decision.side,
                "uninvited": decision.ticket is not None and decision.marked,
                "marked": decision.marked or marked_twice,
                "defects": " ".join(defects),
            }
        )
        self.bodies.append(
            {
                "message_id": fact.id,
                "text": mail.text,
                "reply_text": None if mail.reply_text == mail.text else mail.reply_text,
                "html": mail.html or None,
                "reply_html": mail.reply_html or None,
            }
        )
        self._people(fact.id, letter)
        self._references(fact.id, mail)
        self._attachments(fact.id, mail)

    def _people(self, message: int, letter: Letter) -> None:
        mail = letter.mail
        roles = (
            ("original", (letter.original,) if letter.original else ()),
            ("from", (mail.sender,)),
            ("reply_to", mail.reply_to),
            ("to", mail.to),
            ("cc", mail.cc),
        )
        rows = [
            {
                "message_id": message,
                "role": role,
                "name": person.name,
                "address": person.address[:320],
                "address_key": person.key[:320],
            }
            for role, people in roles
            for person in people
            if person.address
        ]
        self.addresses.extend(rows[:_MOST_PEOPLE])

    def _references(self, message: int, mail: ParsedMail) -> None:
        named = dict.fromkeys((*mail.references, mail.in_reply_to))
        newest = [one for one in named if one][-_MOST_REFERENCES:]
        self.references.extend(
            {"message_id": message, "position": position, "reference": one}
            for position, one in enumerate(newest)
        )

    def _attachments(self, message: int, mail: ParsedMail) -> None:
        self.attachments.extend(
            {
                "message_id": message,
                "part_index": file.index,
                "filename": file.filename,
                "content_type": file.content_type[:255],
                "size": file.size,
                "inline": file.inline,
                "content_id": file.content_id,
                "sha256": file.sha256,
            }
            for file in mail.attachments
        )

    def heard_from(self) -> dict[str, datetime]:
        """When these addresses last wrote, by ``Address.key``; machines do not count."""
        heard: dict[str, datetime] = {}
        for one in self.messages:
            if one["direction"] == Direction.IN and speaks(one["kind"]):
                key = Address("", one["sender_address"]).key
                heard[key] = max(one["at"], heard.get(key, one["at"]))
        return heard

    def bounce(self, fact: Fact, returned: int, bounce: Bounce, *, by_right: bool) -> None:
        """Whom a message of ours did not reach. ``by_right``: the report proves that it had it."""
        told: dict[str, Bounce] = {}
        for one in (bounce, *bounce.others):
            told.setdefault(one.recipient[:320], one)
        for address, one in told.items():
            status = one.status[:20]
            self.bounces.append(
                {
                    "report_id": fact.id,
                    "message_id": returned,
                    "recipient": address,
                    "status": status,
                    "permanent": one.permanent,
                    "at": fact.at,
                }
            )
            if one.permanent and by_right and address:
                key = Address("", address).key[:320]
                self.undelivered.append({"b_key": key, "b_at": fact.at, "b_status": status})

    def event(
        self,
        ticket: TicketId,
        kind: EventKind,
        at: datetime,
        *,
        by: AgentId | None = None,
        message: int | None = None,
        old: str = "",
        new: str = "",
        reason: str = "",
    ) -> None:
        """Notes one thing that happened."""
        self.events.append(
            {
                "ticket_id": ticket,
                "kind": kind,
                "at": at,
                "agent_id": by,
                "message_id": message,
                "old": old,
                "new": new,
                "reason": reason,
            }
        )
