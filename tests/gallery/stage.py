"""A desk with everything on it that a window may break on, beside the sample's tickets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import update

from deskapp.app import Windows
from deskapp.data.queries.blobs import put_blob
from deskapp.data.tables.replies import outbox
from deskapp.desk import Desk
from deskapp.domain.arrivals import Unfiled
from deskapp.domain.entries import Channel, Entry, Heard
from deskapp.domain.ids import AgentId, BlobHash, MailboxId, TicketId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.saved_views import SavedView
from deskapp.domain.snoozing import Snooze
from deskapp.domain.ticket_facts import Priority, TagColour
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.inbox.page import InboxPage
from deskapp.wiring import open_house

from . import letters
from .letters import letter

_TAGS = {
    "Đổi trả": TagColour.ORANGE,
    "винтажная коллекция": TagColour.VIOLET,
    "急件": TagColour.RED,
    "vip": TagColour.YELLOW,
    "wholesale": TagColour.TEAL,
    "winter": TagColour.BLUE,
}
_MANY = 50


class Stage:
    """``tickets`` by the name of what they show. Nothing here has a server."""

    def __init__(self, windows: Windows) -> None:
        self.shell, self.work = windows.shell, windows.work
        self.desk: Desk = windows.work._desk
        self.now = datetime.now(UTC)
        self.agents: tuple[AgentId, ...] = tuple(one.id for one in self.desk.agents.list())
        self.mailbox: MailboxId = self.desk.mailboxes.list()[0].id
        self.tickets: dict[str, TicketId] = {}
        self._mails()
        self._talks()
        self._facts()
        self._own_words()
        self._returned()

    @property
    def inbox(self) -> InboxPage:
        page = self.shell.page("inbox")
        assert isinstance(page, InboxPage)
        return page

    def arrive(self, *raws: bytes) -> None:
        """Files mails as they would come from the server."""
        with self.desk.database.writing() as unit:
            hashes = [BlobHash(put_blob(unit.connection, raw)) for raw in raws]
        pairs = zip(hashes, raws, strict=True)
        unfiled = [Unfiled(None, self.mailbox, "inbox", one, raw, None) for one, raw in pairs]
        self.desk.intake.file([self.desk.intake.read(one) for one in unfiled])

    def _begin(self, name: str, mail: EmailMessage | bytes) -> TicketId:
        before = set(self.desk.tickets.view_ids(View.ALL))
        self.arrive(mail if isinstance(mail, bytes) else mail.as_bytes())
        [made] = set(self.desk.tickets.view_ids(View.ALL)) - before
        self.tickets[name] = made
        return made

    def _letter(self, name: str, text: str, hours: float = 1, **fields: Any) -> EmailMessage:
        fields.setdefault("sender", f"{letters.LONG_NAME} <{name}@customer.example>")
        at = self.now - timedelta(hours=hours)
        return letter(text, at=at, message_id=f"{name}@customer.example", **fields)

    def _mails(self) -> None:
        write = self._letter
        short = "Chào shop, em đặt từ thứ Hai mà tới giờ vẫn chưa thấy giao. Đơn #10482 ạ."
        self._begin("short", write("short", short, subject="Đơn hàng #10482 chưa giao"))
        self._begin("files", letters.with_files(
            write("files", "附件是照片和發票，請確認。", subject=letters.LONG_CHINESE,
                  sender="陳怡君 <files@customer.example>"))
        )  # fmt: skip
        locked = write(
            "locked", "x", subject="Confidential", sender="Tom <locked@customer.example>"
        )
        self._begin("encrypted", letters.encrypted(locked))
        self._begin("blocked", write(
            "blocked", "Winter is here", subject="Winter is here: your order #10482",
            sender="Northway Outfitters <news@northway.example>", html=letters.newsletter_page())
        )  # fmt: skip
        self._begin("huge", write("huge", letters.huge_text(), subject="Carrier log",
                                  sender="Harriet Oyelaran <huge@customer.example>"))  # fmt: skip
        self._begin("quote", write("quote", letters.long_quote(), subject="Re: Your parcel",
                                   sender="Harriet Oyelaran <quote@customer.example>"))  # fmt: skip
        self._begin("odd", write(
            "odd", "Please change my bank account before Friday.", subject="Refund",
            sender='"service@lotus-outdoor.example" <odd@раypal.example>')
        )  # fmt: skip
        for number in range(_MANY):
            hours = 2 + (_MANY - number)
            mail = write(
                f"many-{number}" if number else "many",
                f"Сообщение {number + 1}. Добрый день! Когда вернутся деньги за заказ 10377?",
                hours=hours,
                subject=letters.LONG_RUSSIAN,
                sender="Иван Петрович Соколов <many@customer.example>",
                **({"answers": "many@customer.example"} if number else {}),
            )
            if number:
                self.arrive(mail.as_bytes())
            else:
                self._begin("many", mail)

    def _talks(self) -> None:
        """Notes, a call, a side thread, a merge, a colleague's draft, answers on their way."""
        desk, mine = self.desk, self._begin(
            "talk", self._letter("talk", "可以換嗎？我訂的是 L。", 30, subject="訂單收到錯誤的尺寸",
                                 sender="陳怡君 <talk@customer.example>"))  # fmt: skip
        name = desk.agents.list()[1].name
        desk.tickets.note(mine, f"@{name} can you look at the stock of L in Đà Nẵng?")
        call = Entry(Channel.CALL, Heard.IN, "+886 2 1234 5678", 12, "Sends photos tonight",
                     self.now.date() + timedelta(days=2))  # fmt: skip
        desk.tickets.note(mine, "她打電話來，說外套是 M 號。", call)
        self._reply(mine, "您好，我們今天就寄出 L 號。", state="sent", phase="accepted")
        side = desk.side_threads.forward(mine)
        side = replace(side, to=(Address("Carrier", "claims@carrier.example"),),
                       body="Where is parcel VN83920114?")  # fmt: skip
        desk.replies.send(side, delay=timedelta(0))
        self._reply(mine, "追蹤號碼是 VN83920114。", state="uncertain", phase="body_sent")
        other = open_house(desk.database.address)
        other.agent = self.agents[1]
        draft = other.replies.draft(mine)
        other.replies.save(replace(draft, body="陳小姐您好，換貨已經寄出了，"))
        other.close()
        into = self._begin("merged", self._letter(
            "merged", "The zip is broken.", 8, subject="Broken zip",
            sender="Harriet Oyelaran <harriet@customer.example>"))  # fmt: skip
        again = self._begin("gone", self._letter(
            "gone", "I also wrote from my office address.", 6, subject="Broken zip again",
            sender="Harriet Oyelaran <harriet@customer.example>"))  # fmt: skip
        desk.tickets.merge(again, into)
        failed = self._begin("failed", self._letter(
            "failed", "Is the tent in stock?", 5, subject="Tent", sender="Li Wei <li@li.example>")
        )  # fmt: skip
        self._reply(failed, "Yes, it is.", state="failed", last_error="550 5.7.1 Rejected")

    def _reply(self, ticket: TicketId, body: str, **outcome: object) -> None:
        desk = self.desk
        sent = desk.replies.send(replace(desk.replies.draft(ticket), body=body), force=True)
        with desk.database.writing() as unit:
            chosen = update(outbox).where(outbox.c.id == sent.outbox_id).values(**outcome)
            unit.connection.execute(chosen)

    def _facts(self) -> None:
        """A ticket with every fact a head and a row can show at once, and some beside it."""
        desk = self.desk
        known = {one.name: one.id for one in desk.tags.list()}
        for name, colour in _TAGS.items():
            if name in known:
                desk.tags.colour(known[name], colour)
            else:
                desk.tags.add(name, colour)
        team = desk.teams.add("Bộ phận chăm sóc khách hàng miền Bắc")
        label = desk.labels.add("Ожидаем ответ от поставщика", TicketStatus.ON_HOLD)
        everything = TicketEdit(
            label_id=label, priority=Priority.URGENT, due_at=self.now + timedelta(minutes=25),
            team_id=team, add_tags=tuple(_TAGS), add_followers=self.agents, star=True,
            assignee_id=self.agents[-1],
        )  # fmt: skip
        desk.tickets.edit(self.tickets["files"], everything)
        mine = replace(TicketEdit(), assignee_id=desk.agent)
        late = replace(mine, due_at=self.now - timedelta(minutes=40), star=True)
        desk.tickets.edit(self.tickets["short"], late)
        soon = replace(mine, due_at=self.now + timedelta(hours=3), priority=Priority.HIGH)
        desk.tickets.edit(self.tickets["quote"], soon)
        desk.tickets.edit(
            self.tickets["many"], replace(mine, add_tags=("vip", "винтажная коллекция"))
        )
        asleep = Snooze(self.now + timedelta(days=2), on_reply=True)
        desk.tickets.edit(self.tickets["odd"], replace(mine, snooze=asleep))

    def _own_words(self) -> None:
        views = self.desk.views
        views.save(SavedView(None, "Возвраты за последние тридцать дней", "tag:refund"))
        views.save(SavedView(None, "急件", "tag:vip", columns=("number", "customer", "due")))
        views.save(SavedView(None, "Khách sỉ", "tag:wholesale", shared=True))

    def _returned(self) -> None:
        """The sample's own bounce stands on a ticket of its tag."""
        rows = self.desk.tickets.rows(self.desk.tickets.view_ids(View.ALL))
        bounced = [row.id for row in rows if row.returned or "delivery failed" in row.tags]
        self.tickets["bounce"] = bounced[0]

    def some_open(self, count: int) -> Sequence[TicketId]:
        """Some that are open."""
        return self.desk.tickets.view_ids(View.ALL_OPEN)[:count]
