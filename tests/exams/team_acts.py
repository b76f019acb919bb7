"""What a member of the team does to the desk: first looks, then writes against what was seen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

from deskapp.desk import Desk
from deskapp.domain.ids import AgentId, CannedId, CustomerId, MessageId, TagId, TicketId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.people import CustomerEdit
from deskapp.domain.tickets import TicketEdit, TicketRow

CLIENTS = 16  # at most: each has its own sixteenth of the milliseconds
SHARED = "Shared"  # an agent as whom two programs are at work at once
CUSTOMER = Address("Linh", "linh@customer.example")
STATUSES = (TicketStatus.OPEN, TicketStatus.WAITING, TicketStatus.SOLVED)
TAGS = tuple(f"mark {number}" for number in range(12))


class Stamps:
    """The clock of one client: no two of its acts, and no two clients, have the same time."""

    def __init__(self, client: int) -> None:
        self._client, self._last = client, 0
        self.now = datetime.now(UTC)

    def next(self) -> int:
        """The time of the next act, in milliseconds since 1970, as the desk keeps it."""
        here = int(datetime.now(UTC).timestamp() * 1000) // CLIENTS * CLIENTS
        self._last = max(here, self._last + CLIENTS)
        number = self._last + self._client
        self.now = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=number)
        return number

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Deed:
    """An act that was looked at and not yet done. ``seen`` is what its writer saw there, by
    ``version``; ``token`` what is to be there, or what tells of it, and nowhere else."""

    kind: str
    about: int
    token: str
    seen: str = ""
    version: int | None = None
    other: int = 0
    go: Callable[[], object] = lambda: None
    gives: int = 0  # the row that it was written to, where that is known only afterwards


class Hands:
    """Looks at rows and says how they would be written."""

    def __init__(self, desk: Desk, random: Random, own: AgentId, shared: AgentId) -> None:
        self._desk, self._random = desk, random
        self._own, self._shared = own, shared
        self.kinds: dict[str, Callable[[int, int, str], Deed]] = {
            "subject": self._subject,
            "status": self._status,
            "assign": self._assign,
            "tag": self._tag,
            "note": self._note,
            "draft": self._draft,
            "send": self._send,
            "merge": self._merge,
            "split": self._split,
            "move": self._move,
            "canned": self._canned,
            "customer": self._customer,
            "rename": self._rename,
            "begin": self._begin,
        }

    def look(self, kind: str, about: int, other: int, token: str) -> Deed:
        """``about``: a row of what the kind is about; ``other``: a second ticket. 0: any."""
        self._desk.agent = self._shared if kind == "draft" else self._own
        return self.kinds[kind](about or self._any(kind), other, token)

    def _any(self, kind: str) -> int:
        if kind == "canned":
            return self._random.choice(self._desk.canned.list()).id
        if kind == "customer":
            return self._random.choice(self._desk.customers.find("", 200)).id
        if kind == "rename":
            return self._random.choice(self._named_tags())
        return self._random.choice(self._desk.tickets.view_ids(View.ALL, 150))

    def _named_tags(self) -> list[int]:
        return [row.id for row in self._desk.tags.list() if not row.name.startswith("mark ")]

    def _edit(self, kind: str, row: TicketRow, seen: str, token: str, edit: TicketEdit) -> Deed:
        deed = Deed(kind, row.id, token, seen, row.version)
        deed.go = lambda: self._desk.tickets.edit(row.id, edit, row.version)
        return deed

    def _subject(self, about: int, other: int, token: str) -> Deed:
        row = self._desk.tickets.row(TicketId(about))
        return self._edit("subject", row, row.subject, token, TicketEdit(subject=token))

    def _status(self, about: int, other: int, token: str) -> Deed:
        row = self._desk.tickets.row(TicketId(about))
        wanted = self._random.choice([one for one in STATUSES if one != row.status])
        return self._edit("status", row, row.status, wanted, TicketEdit(status=wanted))

    def _assign(self, about: int, other: int, token: str) -> Deed:
        row = self._desk.tickets.row(TicketId(about))
        staff = [one for one in self._desk.agents.list() if one.id != row.assignee_id]
        wanted = self._random.choice(staff)
        edit = TicketEdit(assignee_id=wanted.id)
        return self._edit("assign", row, row.assignee_name, wanted.name, edit)

    def _tag(self, about: int, other: int, token: str) -> Deed:
        row = self._desk.tickets.row(TicketId(about))
        name = self._random.choice(TAGS)
        here = name in row.tags
        edit = TicketEdit(remove_tags=(name,)) if here else TicketEdit(add_tags=(name,))
        return self._edit("tag", row, "on" if here else "off", name, edit)

    def _note(self, about: int, other: int, token: str) -> Deed:
        return Deed(
            "note", about, token, go=lambda: self._desk.tickets.note(TicketId(about), token)
        )

    def _draft(self, about: int, other: int, token: str) -> Deed:
        kept = self._desk.replies.draft(TicketId(about), "note")
        version = 0 if kept.id is None else kept.version  # a fresh one is nowhere yet
        deed = Deed("draft", about, token, kept.body, version, kept.id or 0)

        def go() -> None:
            deed.gives = int(self._desk.replies.save(replace(kept, body=token)).id or 0)

        deed.go = go
        return deed

    def _send(self, about: int, other: int, token: str) -> Deed:
        draft = self._desk.replies.draft(TicketId(about))
        act = str(uuid4())
        ready = replace(draft, to=(CUSTOMER,), cc=(), bcc=(), body=f"Good day.\n{token}")
        deed = Deed("send", about, act, token, draft.base or 0)
        # With no time to take it back it is due at once, as in a day's work after 15 s.
        deed.go = lambda: self._desk.replies.send(ready, delay=timedelta(), act=act, anyway=True)
        return deed

    def _merge(self, about: int, other: int, token: str) -> Deed:
        into = other or self._another(about)
        deed = Deed("merge", about, token, other=into)
        deed.go = lambda: self._desk.tickets.merge(TicketId(about), TicketId(into))
        return deed

    def _another(self, about: int) -> int:
        ids = self._desk.tickets.view_ids(View.ALL, 150)
        return self._random.choice([one for one in ids if one != about])

    def _messages(self, about: int) -> list[MessageId]:
        return [one.id for one in self._desk.tickets.conversation(TicketId(about)).messages]

    def _split(self, about: int, other: int, token: str) -> Deed:
        some = self._random.sample(there := self._messages(about), len(there) // 3 or len(there))
        deed = Deed("split", about, token)
        deed.go = lambda: self._desk.tickets.split(TicketId(about), some, token)
        return deed

    def _move(self, about: int, other: int, token: str) -> Deed:
        into = other or self._another(about)
        there = self._messages(about)  # none where the others have moved all of them away
        some = self._random.sample(there, min(1, len(there)))
        deed = Deed("move", about, token, other=into)
        deed.go = lambda: self._desk.tickets.move(TicketId(about), some, TicketId(into))
        return deed

    def _canned(self, about: int, other: int, token: str) -> Deed:
        kept = self._desk.canned.get(CannedId(about))
        wanted = replace(kept, texts=(("en", token),))
        deed = Deed("canned", about, token, kept.texts[0][1], kept.version)
        deed.go = lambda: self._desk.canned.save(wanted)
        return deed

    def _customer(self, about: int, other: int, token: str) -> Deed:
        [row] = [self._desk.customers.record(CustomerId(about)).row]
        deed = Deed("customer", row.id, token, row.must_know, row.version)
        edit = CustomerEdit(must_know=token)
        deed.go = lambda: self._desk.customers.edit(row.id, edit, row.version)
        return deed

    def _rename(self, about: int, other: int, token: str) -> Deed:
        [row] = [one for one in self._desk.tags.list() if one.id == about]
        deed = Deed("rename", about, token, row.name)
        deed.go = lambda: self._desk.tags.rename(TagId(about), token, row.name)
        return deed

    def _begin(self, about: int, other: int, token: str) -> Deed:
        [box] = self._desk.mailboxes.list()
        deed = Deed("begin", 0, token)
        deed.go = lambda: self._desk.tickets.new_ticket(CUSTOMER, token, box.id)
        return deed
