"""Filing against a model of it in memory: whatever comes in whatever order, where it must lie.

Every mail bears a word of its own. The model knows in which matter each word belongs; at the end
of each step the desk's tickets must be exactly these matters.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from deskapp.data.tables.tickets import message, message_body
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import ENDED, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import START, letter

_WINDOW = timedelta(days=14)
_AWAY = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}
_pick = st.integers(0, 10_000)


@dataclass(eq=False)
class Matter:
    """What one ticket must hold."""

    customer: str
    words: set[str] = field(default_factory=set)
    ended_at: datetime | None = None
    last_out: datetime | None = None
    follower: "Matter | None" = None
    merged: "Matter | None" = None

    def heir(self) -> "Matter":
        return self if self.merged is None else self.merged.heir()

    def long_ended(self, at: datetime) -> bool:
        if self.ended_at is None:
            return False
        return at - max(self.ended_at, self.last_out or self.ended_at) > _WINDOW


@dataclass(frozen=True)
class Mail:
    """One that was delivered, or that we sent; ``raw`` is None where no server has it."""

    message_id: str
    matter: Matter
    raw: bytes | None
    role: str = "inbox"


class FilingMachine(RuleBasedStateMachine):
    """Subclasses say where the desk is: ``url``."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.ground = Ground(self.url)
        self.ground.time = START + timedelta(hours=1)
        self.mails: list[Mail] = []
        self.matters: list[Matter] = []
        self.marked: set[str] = set()
        self.count = 0

    def teardown(self) -> None:
        try:
            assert self.ground.check() == ()
        finally:
            self.ground.database.close()

    def _new_word(self) -> tuple[str, str, datetime]:
        """Word, Message-ID and moment of the next mail."""
        self.count += 1
        self.ground.later(minutes=10)
        return f"word{self.count}x", f"{self.count}@mail.example", self.ground.time

    def _letter(self, at: datetime, text: str, **facts: object) -> bytes:
        hours = (at - START).total_seconds() / 3600
        return letter(text, subject=f"Subject {self.count}", hours=hours, **facts)  # type: ignore[arg-type]

    def _deliver(self, mail: Mail, word: str) -> None:
        mail.matter.words.add(word)
        self.mails.append(mail)
        assert mail.raw is not None
        self.ground.arrive(mail.raw, role=mail.role)

    def _begin(self, customer: str) -> Matter:
        matter = Matter(customer)
        self.matters.append(matter)
        return matter

    def _some(self, pick: int) -> Mail:
        return self.mails[pick % len(self.mails)]

    def _ticket(self, matter: Matter) -> TicketId:
        word = next(iter(matter.words))
        there = select(message.c.ticket_id).join(
            message_body, message_body.c.message_id == message.c.id
        )
        with self.ground.database.reading() as connection:
            found = connection.execute(there.where(message_body.c.text.startswith(word)))
            return TicketId(found.scalars().one())

    @rule(customer=st.sampled_from(["kim", "lan", "tom"]))
    def writes(self, customer: str) -> None:
        word, number, at = self._new_word()
        sender = f"{customer}@customer.example"
        raw = self._letter(at, word, sender=sender, message_id=number)
        self._deliver(Mail(number, self._begin(sender), raw), word)

    @rule()
    def answer_comes_before_what_it_answers(self) -> None:
        matter = self._begin("lan@customer.example")
        first, number, at = self._new_word()
        begun = self._letter(at, first, sender=matter.customer, message_id=number)
        second, later, then = self._new_word()
        raw = self._letter(
            then, second, sender=matter.customer, message_id=later, answers=(number,)
        )
        self._deliver(Mail(later, matter, raw), second)
        self._deliver(Mail(number, matter, begun), first)

    @precondition(lambda self: self.mails)
    @rule(pick=_pick)
    def customer_answers(self, pick: int) -> None:
        parent = self._some(pick)
        matter = parent.matter.heir()
        word, number, at = self._new_word()
        customer = matter.customer
        while matter.long_ended(at) and matter.follower is not None:
            matter = matter.follower.heir()
        if matter.long_ended(at):
            follower = self._begin(customer)
            matter.follower = follower
            matter = follower
        raw = self._letter(
            at, word, sender=customer, message_id=number, answers=(parent.message_id,)
        )
        self._deliver(Mail(number, matter, raw), word)
        matter.ended_at = None

    @precondition(lambda self: self.mails)
    @rule(pick=_pick)
    def machine_answers(self, pick: int) -> None:
        parent = self._some(pick)
        matter = parent.matter.heir()
        word, number, at = self._new_word()
        raw = self._letter(
            at,
            word,
            sender=matter.customer,
            message_id=number,
            answers=(parent.message_id,),
            headers=_AWAY,
        )
        self._deliver(Mail(number, matter, raw), word)

    @precondition(lambda self: self.mails)
    @rule(pick=_pick)
    def stranger_forges(self, pick: int) -> None:
        """Unless it answers an id that we signed, it lies alone; in any case it is marked."""
        parent = self._some(pick)
        word, number, at = self._new_word()
        sender = f"eve{self.count}@evil.example"
        matter = self._begin(sender)
        ours = parent.raw is None
        if ours:
            self.matters.remove(matter)
            matter = parent.matter.heir()
            if matter.long_ended(at):
                return
            matter.ended_at = None
        raw = self._letter(at, word, sender=sender, answers=(parent.message_id,))
        self.marked.add(word)
        self._deliver(Mail(number, matter, raw) if not ours else Mail("", matter, raw), word)
        self.mails.pop()  # nobody answers a forged mail

    @precondition(lambda self: self.mails)
    @rule(pick=_pick)
    def phone_answers(self, pick: int) -> None:
        parent = self._some(pick)
        matter = parent.matter.heir()
        word, number, at = self._new_word()
        raw = self._letter(
            at,
            word,
            sender="support@shop.example",
            to=matter.customer,
            message_id=number,
            answers=(parent.message_id,),
        )
        self._deliver(Mail(number, matter, raw, "sent"), word)
        matter.last_out = at

    @precondition(lambda self: self.mails)
    @rule(pick=_pick)
    def desk_answers(self, pick: int) -> None:
        matter = self._some(pick).matter.heir()
        word, _, at = self._new_word()
        one = self._ticket(matter)
        draft = self.ground.replies.draft(one)
        draft = replace(draft, body=word, quote=False, to=(Address("", matter.customer),))
        sent = self.ground.replies.send(draft, delay=timedelta(0), force=True)
        matter.words.add(word)
        matter.ended_at, matter.last_out = None, at
        self.mails.append(Mail(sent.message_id, matter, None))

    @precondition(lambda self: self.mails)
    @rule(pick=_pick)
    def one_comes_by_a_second_way(self, pick: int) -> None:
        mail = self._some(pick)
        if mail.raw is not None:
            other = b"Delivered-To: sales@shop.example\r\n" + mail.raw
            assert self.ground.arrive(other, role=mail.role).messages == 0

    @precondition(lambda self: self.mails)
    @rule()
    def folders_are_numbered_anew(self) -> None:
        """UIDVALIDITY changed: everything comes once more."""
        for role in ("inbox", "sent"):
            raws = [one.raw for one in self.mails if one.role == role and one.raw is not None]
            if raws:
                assert self.ground.arrive(*raws, role=role).messages == 0

    @precondition(lambda self: self.mails)
    @rule(pick=_pick, status=st.sampled_from(ENDED))
    def is_ended(self, pick: int, status: TicketStatus) -> None:
        matter = self._some(pick).matter.heir()
        one = self._ticket(matter)
        if matter.ended_at is None:
            self.ground.tickets.edit(one, TicketEdit(status=status))
            matter.ended_at = self.ground.time

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.ground.later(days=days)

    @precondition(lambda self: len(self.mails) > 1)
    @rule(one=_pick, other=_pick)
    def are_merged(self, one: int, other: int) -> None:
        source, into = self._some(one).matter.heir(), self._some(other).matter.heir()
        if source is into or source.customer != into.customer:
            return
        self.ground.tickets.merge(self._ticket(source), self._ticket(into))
        into.words |= source.words
        source.words, source.merged = set(), into
        outs = [one.last_out for one in (source, into) if one.last_out is not None]
        into.last_out = max(outs, default=None)

    @invariant()
    def every_word_lies_where_it_belongs(self) -> None:
        wanted = {frozenset(one.words) for one in self.matters if one.words}
        found: set[frozenset[str]] = set()
        marked: set[str] = set()
        for row in self.ground.rows():
            conversation = self.ground.messages(row.id)
            words = [next(iter(one.text.split())) for one in conversation]
            assert len(words) == len(set(words)) == row.message_count
            found.add(frozenset(words))
            marked |= {word for word, one in zip(words, conversation, strict=True) if one.marked}
        assert found == wanted
        assert marked == self.marked
