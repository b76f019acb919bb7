"""A stand-in for the Desk that answers from memory with frozen rows: only for windows' tests.

It keeps no rule of the desk; the stories under tests/stories use the real one.
"""

from array import array
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from deskapp.desk.seen_edits import Made
from deskapp.domain.approvals import Standing
from deskapp.domain.ids import (
    AgentId,
    AttachmentId,
    MessageId,
    TicketId,
)
from deskapp.domain.kinds import (
    Direction,
    EventKind,
)
from deskapp.domain.list_order import ListOrder
from deskapp.domain.mail import Address
from deskapp.domain.mailboxes import HeldMail
from deskapp.domain.messages import AttachmentRow
from deskapp.domain.people import (
    AgentRow,
)
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.recipients import Heading, Role, Who
from deskapp.domain.replies import Draft, OthersDraft, Signing
from deskapp.domain.search_answers import SearchGroups
from deskapp.domain.tickets import (
    Conversation,
    EventRow,
    MessageRow,
    TicketEdit,
    TicketRow,
    ViewCount,
)
from deskapp.domain.timeline import Contacted
from deskapp.domain.working_days import WorkingDays

from .sample_rows import (
    CHAU,
    NOW,
    SUPPORT,
    attachment,
    conversation_messages,
    customer_record,
    earlier_tickets,
    mailbox_row,
    message,
    order_card,
    ticket_row,
)


@dataclass
class SampleTickets:
    """Records what was asked, so that a test can say what must not be asked."""

    ids: list[TicketId]
    messages: tuple[MessageRow, ...]
    edits: list[tuple[Any, TicketEdit]] = field(default_factory=list)
    asked: list[list[TicketId]] = field(default_factory=list)
    read: list[TicketId] = field(default_factory=list)
    rows_by_id: dict[TicketId, TicketRow] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    problem: Problem | None = None
    orders: list[ListOrder | None] = field(default_factory=list)

    def view_ids(
        self, view: str, limit: int | None = None, order: ListOrder | None = None
    ) -> list[TicketId]:
        if self.problem is not None:
            raise self.problem
        self.orders.append(order)
        return self.ids if view in ("mine", "all_open", "all") else []

    def view_list(
        self, view: str, limit: int | None = None, order: ListOrder | None = None
    ) -> "array[int]":
        return array("q", self.view_ids(view, limit, order))

    def rows(self, ids: list[TicketId]) -> list[TicketRow]:
        self.asked.append(list(ids))
        return [self.row(ticket) for ticket in ids]

    def row(self, ticket: TicketId) -> TicketRow:
        return self.rows_by_id.get(ticket) or ticket_row(ticket)

    def counts(self) -> tuple[ViewCount, ...]:
        numbers = (("mine", len(self.ids)), ("unassigned", 6), ("all_open", 83), ("waiting", 41))
        aside = (("closed", 1204), ("spam", 27), ("all", 5012))
        return tuple(ViewCount(view, count) for view, count in (*numbers, *aside))

    def conversation(self, ticket: TicketId) -> Conversation:
        row = self.row(ticket)
        if row.id == 1:
            events = (
                EventRow(EventKind.CREATED, NOW, "", "", "", ""),
                EventRow(EventKind.STATUS, NOW, "Anna", "new", "open", ""),
                EventRow(EventKind.ASSIGNED, NOW, "Anna", "", "Anna", ""),
            )
            return Conversation(row, self.messages, events)
        one = message(
            100 + ticket,
            Direction.IN,
            row.snippet,
            sender=Address(row.customer_name, "x@y.example"),
            language=row.language,
        )
        return Conversation(row, (one,), ())

    def drafts_of_others(self, _ticket: TicketId) -> tuple[OthersDraft, ...]:
        return ()

    def edit(self, ticket: TicketId, edit: TicketEdit, version: int | None = None) -> TicketRow:
        self.edits.append((ticket, edit))
        row = self.row(ticket)
        if version is not None and version != row.version:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, who="Olga")
        row = replace(row, status=edit.status or row.status, version=row.version + 1)
        self.rows_by_id[ticket] = row
        return row

    def edit_many(self, ids: list[TicketId], edit: TicketEdit) -> int:
        self.edits.append((tuple(ids), edit))
        return len(ids)

    @property
    def as_seen(self) -> SimpleNamespace:
        return SimpleNamespace(edit=self._edit_seen)

    def _edit_seen(self, ids: list[TicketId], edit: TicketEdit, seen: list[TicketRow]) -> Made:
        if len(ids) == 1:
            self.edit(ids[0], edit, seen[0].version if seen else None)
        else:
            self.edit_many(ids, edit)
        return Made(len(ids), (), None)

    def seen(self, ticket: TicketId, newest: MessageId) -> None:
        self.read.append(ticket)
        self.rows_by_id[ticket] = replace(self.row(ticket), unread=False)

    def unseen(self, ticket: TicketId) -> None:
        self.rows_by_id[ticket] = replace(self.row(ticket), unread=True)

    def tags(self) -> tuple[str, ...]:
        return ("delivery", "exchange", "invoice")

    def attachment(self, one: AttachmentId) -> tuple[AttachmentRow, bytes]:
        return attachment(1, "a.pdf", "application/pdf"), b"%PDF"

    def raw(self, message: MessageId) -> bytes:
        return b"From: someone\r\nSubject: <b>raw</b>\r\n\r\n\xff"

    def inline_images(self, message: MessageId) -> dict[str, bytes]:
        return self.images


@dataclass
class SamplePictures:
    """Whose pictures are always shown."""

    allowed: set[str] = field(default_factory=set)

    def always(self, sender: Address) -> bool:
        return sender.key in self.allowed

    def allow(self, sender: Address) -> None:
        self.allowed.add(sender.key)

    def forbid(self, sender: Address) -> None:
        self.allowed.discard(sender.key)


class SampleDesk:
    """Has the parts that the foundation and the Inbox ask."""

    def __init__(self, count: int = 10) -> None:
        self.agent = AgentId(1)
        self.identity = lambda: "sample"
        ids = [TicketId(number) for number in range(1, count + 1)]
        self.tickets = SampleTickets(ids, conversation_messages())
        self.search = SimpleNamespace(
            tickets=lambda words, most: [
                t for t in ids if words.casefold() in ticket_row(t).subject.casefold()
            ],
            groups=lambda words: SearchGroups(),
            snippets=lambda words, tickets: {},
            names=lambda operator: (),
        )
        self.notices = SimpleNamespace(
            standing_in=lambda _view, some: frozenset(some).intersection(self.tickets.ids)
        )
        self.calendar = SimpleNamespace(get=WorkingDays)
        self.absences = SimpleNamespace(list=tuple)
        self.assigning = SimpleNamespace(present=frozenset, take_next=lambda _view="": None)
        self.views = SimpleNamespace(counts=tuple)
        self.snoozes = SimpleNamespace(next=lambda: None, wake=list)
        self.links = SimpleNamespace(open_children=lambda _ids: {})
        self.customers = SimpleNamespace(
            record=customer_record,
            timeline=lambda customer, _ask: earlier_tickets(customer),
            promises=lambda _customer: (),
            contacted=lambda _customer: Contacted(),
        )
        self.orders = SimpleNamespace(card=order_card)
        self.order_sources = SimpleNamespace(standings=tuple, number_patterns=tuple)
        of_ticket = SimpleNamespace(of_ticket=lambda _ticket: ())
        self.returns = self.order_forms = self.order_acts = of_ticket
        self.agents = SimpleNamespace(
            list=lambda: tuple(
                AgentRow(AgentId(n), name, "", "agent", "", True, 1)
                for n, name in enumerate(("Anna", "Olga"), 1)
            )
        )
        self.mailboxes = SimpleNamespace(
            list=lambda: (mailbox_row("support", 4812, 4812), mailbox_row("orders", 1204, 1180)),
            held=lambda: (HeldMail(1, SUPPORT.address, "INBOX", 812, "nesting", 1, NOW, True),),
            retry_held=lambda ids=None: 1,
        )
        self.auto_replies = SimpleNamespace(list=tuple)
        self.carries_mail = lambda: True
        self.teams, self.labels = SimpleNamespace(list=tuple), SimpleNamespace(list=tuple)
        self.side_threads = SimpleNamespace(open_draft=lambda _ticket: None)
        self.reviewing = SimpleNamespace(open_draft=lambda _ticket: None)
        self.replies = SimpleNamespace(
            outbox=lambda all=False: (),  # noqa: A006
            draft=lambda ticket, kind="reply": Draft(
                None, ticket, AgentId(1), kind, (CHAU,), (), (), "", True, 0, None, (), None, 0
            ),
            save=lambda draft: draft,
            aside=lambda _ticket: (),
            preview=lambda draft: draft.body,
            people=lambda _ticket, keys: dict.fromkeys(keys, Who(Role.CUSTOMER)),
            signing=lambda _ticket, _sender="": Signing("", False, ()),
            heading=lambda _ticket: Heading("support@lotus.example", ("support@lotus.example",)),
        )
        self.undo = SimpleNamespace(stack=lambda: (None, None))
        self.approvals = SimpleNamespace(standing=lambda *_ticket: Standing(None, False, ()))
        self.pictures = SamplePictures()
        self.canned = SimpleNamespace(list=lambda words="", ticket=None: ())
