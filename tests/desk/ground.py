"""A desk with one mailbox, two agents and a clock that tests can move; no servers."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from deskapp.data.database import Database
from deskapp.data.queries.blobs import put_blob
from deskapp.data.tables.mail import folder, mailbox
from deskapp.data.tables.people import agent
from deskapp.data.upgrade import open_desk
from deskapp.desk.agents import Agents
from deskapp.desk.context import Context, MailFunctions
from deskapp.desk.customers import Customers
from deskapp.desk.intake import Intake
from deskapp.desk.newcomers import Newcomers
from deskapp.desk.replies import Replies
from deskapp.desk.search import Search
from deskapp.desk.side_threads import SideThreads
from deskapp.desk.tickets import Tickets
from deskapp.desk.upkeep import Upkeep
from deskapp.domain.arrivals import Filed, Unfiled
from deskapp.domain.ids import AgentId, BlobHash, MailboxId, TicketId
from deskapp.domain.kinds import View
from deskapp.domain.tickets import MessageRow, TicketRow
from deskapp.domain.upkeep import Finding
from deskapp.mail.compose import build_mail
from deskapp.mail.parse import parse_mail, read_attachment

from .letters import START


class Ground:
    """Intake, tickets, replies and search over one database, as agent Anna."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        open_desk(self.database, create=True, name="Lotus")
        self.time = START + timedelta(days=1)
        self.anna, self.olga, self.mailbox = self._people()
        self.context = Context(
            self.database,
            MailFunctions(parse_mail, build_mail, read_attachment),
            self.anna,
            lambda: self.time,
        )
        self.intake = Intake(self.context)
        self.tickets = Tickets(self.context)
        self.replies = Replies(self.context)
        self.side_threads = SideThreads(self.context)
        self.search = Search(self.context)
        self.signed = ""  # a Message-ID of ours that a story is about
        self.newcomers = Newcomers(self.context)
        self.customers = Customers(self.context)

    def _people(self) -> tuple[AgentId, AgentId, MailboxId]:
        with self.database.writing() as unit:
            ids = []
            for name in ("Anna", "Olga"):
                row = {"name": name, "signature": f"{name}, Lotus", "created_at": START}
                made = insert(agent).values(row).returning(agent.c.id)
                ids.append(unit.connection.execute(made).scalar_one())
            unit.connection.execute(
                insert(mailbox),
                {
                    "address": "support@shop.example",
                    "address_key": "support@shop.example",
                    "name": "Lotus support",
                    "imap_host": "127.0.0.1",
                    "imap_port": 143,
                    "imap_security": "none",
                    "imap_user": "support",
                    "smtp_host": "127.0.0.1",
                    "smtp_port": 25,
                    "smtp_security": "none",
                    "smtp_user": "support",
                    "created_at": START,
                },
            )
            box = unit.connection.execute(select(mailbox.c.id)).scalar_one()
            unit.connection.execute(
                insert(folder),
                [
                    {"mailbox_id": box, "name": "INBOX", "role": "inbox"},
                    {"mailbox_id": box, "name": "Sent", "role": "sent"},
                ],
            )
        anna, olga = (AgentId(number) for number in ids)
        return anna, olga, MailboxId(box)

    def give_address(self, one: AgentId, address: str) -> None:
        """The agent's own mail address."""
        Agents(self.context).edit(one, email=address)

    def check(self) -> tuple[Finding, ...]:
        """What the audit finds."""
        return Upkeep(self.context).check()

    def add_mailbox(self, address: str) -> MailboxId:
        """Another mailbox of ours, on the same servers."""
        with self.database.writing() as unit:
            there = select(mailbox).where(mailbox.c.id == self.mailbox)
            row = dict(unit.connection.execute(there).mappings().one())
            del row["id"]
            row |= {"address": address, "address_key": address, "name": address}
            made = insert(mailbox).values(row).returning(mailbox.c.id)
            return MailboxId(unit.connection.execute(made).scalar_one())

    def arrive(
        self,
        *raws: bytes,
        role: str = "inbox",
        old: bool = False,
        mailbox: MailboxId | None = None,
        internal_at: datetime | None = None,
    ) -> Filed:
        """The mails come in and are filed as one batch."""
        with self.database.writing() as unit:
            hashes = [BlobHash(put_blob(unit.connection, raw)) for raw in raws]
        unfiled = [
            Unfiled(None, mailbox or self.mailbox, role, name, raw, internal_at, old)
            for name, raw in zip(hashes, raws, strict=True)
        ]
        return self.intake.file([self.intake.read(one) for one in unfiled])

    def rows(self) -> list[TicketRow]:
        """All tickets by number."""
        return sorted(
            self.tickets.rows(self.tickets.view_ids(View.ALL)), key=lambda row: row.number
        )

    def messages(self, one: TicketId | None = None) -> tuple[MessageRow, ...]:
        """A ticket's messages, those of the only one if none is named."""
        return self.tickets.conversation(one or self.only()).messages

    def answer(self, text: str = "It is on its way.") -> str:
        """Anna's answer on the only ticket, and the Message-ID that we signed."""
        draft = self.replies.draft(self.only())
        return self.replies.send(replace(draft, body=text), delay=timedelta(0)).message_id

    def only(self) -> TicketId:
        """The one ticket of the desk."""
        [one] = self.tickets.view_ids(View.ALL)
        return one

    def as_olga(self) -> "Ground":
        """The same desk as her program sees it."""
        other = object.__new__(Ground)
        other.__dict__.update(self.__dict__)
        other.context = replace(self.context, agent=self.olga)
        other.tickets = Tickets(other.context)
        other.replies = Replies(other.context)
        other.side_threads = SideThreads(other.context)
        return other

    def later(self, **amount: float) -> datetime:
        self.time += timedelta(**amount)
        return self.time
