"""The strip above the editor while a colleague writes on the same ticket, or asks for it."""

from functools import partial

from PySide6.QtCore import QObject

from deskapp.domain.ids import AgentId, DraftId, TakeOverId, TicketId
from deskapp.domain.presence import Answer, Doing, OnTicket, TakeOver
from deskapp.domain.problem import Problem
from deskapp.ui.colleagues import Colleagues
from deskapp.ui.compose.composer import Composer
from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.draft_line import DraftLine
from deskapp.ui.pieces.notice import Choice
from deskapp.ui.work import Work

_Key = tuple[object, ...]


class TakeOverStrip(QObject):
    """Holds nobody back: it says, asks, and goes. What stands in it follows from the desk, so that
    a lost connection or another window of the same person changes nothing."""

    def __init__(
        self, work: Work, colleagues: Colleagues, composer: Composer, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work, self._colleagues, self._composer = work, colleagues, composer
        self._ticket: TicketId | None = None
        self._began = False
        self._let_be: frozenset[AgentId] = frozenset()  # whom one writes beside on purpose
        self._mine: TakeOver | None = None  # what was asked for from here
        self._gave: TakeOver | None = None  # from here, while the ticket is open
        self._lines: dict[TakeOverId, tuple[DraftLine, str]] = {}  # given from here, and its text
        self._answered: set[TakeOverId] = set()  # from here; the desk tells of it a little later
        self._carried: set[TakeOverId] = set()  # on their way into the reply here
        self._shown: _Key = ()
        colleagues.asked.connect(self._heard)
        self._heard()  # of what was told before there was a strip

    def open_ticket(self, ticket: TicketId | None) -> None:
        """Another ticket is shown: nothing of the one before is said any more."""
        self._ticket, self._began, self._let_be = ticket, False, frozenset()
        self._mine = self._gave = None
        self._clear()
        self._heard()

    def look(self, *, began: bool = False) -> None:
        """Says what is to be said now. ``began``: somebody is about to write here."""
        self._began |= began
        if self._ticket is None:
            return
        incoming = self._incoming()
        if incoming is not None:
            self._say_asked(incoming)
        elif self._mine is not None:
            self._say_mine(self._mine)
        elif self._gave is not None:
            said = self.tr("You gave this ticket to {name}, and your text with it.")
            self._say(("given", self._gave.id), said.replace("{name}", self._gave.asker_name))
        else:
            self._say_writers()

    def _incoming(self) -> TakeOver | None:
        """Who asks for this ticket and has no answer yet."""
        me = self._colleagues.me
        waiting = (
            one
            for one in self._colleagues.requests()
            if one.ticket == self._ticket and one.holder == me and one.answer is Answer.WAITING
        )
        return next((one for one in waiting if one.id not in self._answered), None)

    def _writers(self) -> list[OnTicket]:
        """Those who write a reply here, but not those that one writes beside on purpose."""
        there = self._colleagues.on(self._ticket or 0)
        return [
            one for one in there if one.doing is Doing.WRITING and one.agent not in self._let_be
        ]

    def _say_writers(self) -> None:
        writers = self._writers() if self._began else []
        if not writers:
            self._clear()
            return
        first = writers[0]
        said = self.tr("{name} is writing a reply to this customer.")
        self._say(
            ("writes", first.agent),
            said.replace("{name}", first.name),
            (self.tr("Ask to take over"), partial(self._ask, first.agent)),
            (self.tr("Write anyway"), self._write_anyway),
        )

    def _say_asked(self, one: TakeOver) -> None:
        said = self.tr("{name} asks to take over this ticket. What you wrote goes along.")
        self._say(
            ("asked", one.id),
            said.replace("{name}", one.asker_name),
            (self.tr("Give it away"), partial(self._give, one)),
            (self.tr("Keep it"), partial(self._keep, one)),
        )

    def _say_mine(self, one: TakeOver) -> None:
        """What became of one's own request."""
        key = ("mine", one.id, one.answer, one.taken)
        anyway: Choice = (self.tr("Write anyway"), self._write_anyway)
        if one.answer is Answer.WITHDRAWN:
            self._done()
        elif one.answer is Answer.KEPT:
            self._say(key, _named(self.tr("{name} keeps this ticket."), one), anyway)
        elif one.answer is Answer.EXPIRED:
            said = self.tr("{name} did not answer within a minute.")
            again: Choice = (self.tr("Ask again"), partial(self._ask, one.holder))
            self._say(key, _named(said, one), again, anyway)
        elif one.taken:
            said = self.tr("{name} gave you this ticket. What they wrote stands in your reply.")
            self._say(key, _named(said, one))
        else:
            said = self.tr("{name} was asked to give you this ticket. There is no answer yet.")
            no_more: Choice = (self.tr("Stop asking"), partial(self._withdraw, one))
            self._say(("waits", one.id), _named(said, one), no_more)

    def _ask(self, holder: AgentId) -> None:
        ticket = self._ticket
        if ticket is None:
            return

        def asked(one: TakeOver) -> None:
            if one.ticket == self._ticket:
                self._mine = one
                self.look()

        self._work.do(
            lambda desk: desk.take_overs.ask(ticket, holder), asked, self._trouble, owner=self
        )

    def _withdraw(self, one: TakeOver) -> None:
        self._done()
        self._work.do(
            lambda desk: desk.take_overs.withdraw(one.id), failed=self._trouble, owner=self
        )

    def _keep(self, one: TakeOver) -> None:
        self._answered.add(one.id)
        self._work.do(lambda desk: desk.take_overs.keep(one.id), failed=self._trouble, owner=self)

    def _give(self, one: TakeOver) -> None:
        self._answered.add(one.id)
        self._composer.flush()  # goes before it on the same lane
        line = self._composer.keeper.line(REPLY)
        if line is not None:
            self._lines[one.id] = line, line.shown.body

        def given(_answered: TakeOver) -> None:
            if self._ticket == one.ticket:
                self._gave = one
                self.look()

        self._work.do(lambda desk: desk.take_overs.give(one.id), given, self._trouble, owner=self)

    def _heard(self) -> None:
        """Requests or their answers changed."""
        if self._mine is not None:
            self._mine = self._colleagues.request(self._mine.id) or self._mine
        for one in self._colleagues.requests():
            if one.answer is Answer.GIVEN:
                self._carry(one)
        self.look()

    def _carry(self, one: TakeOver) -> None:
        """The asker takes what was given, then the holder lets go of it, wherever they are now."""
        mine = one.asker == self._colleagues.me and one.ticket == self._ticket
        if mine and not one.taken and one.id not in self._carried:
            self._carried.add(one.id)
            self._composer.flush()
            self._work.do(
                lambda desk: desk.take_overs.take(one.id),
                failed=partial(self._not_taken, one.id),
                owner=self,
            )
        elif one.taken and one.id in self._lines:
            self._let_go(one.id, *self._lines.pop(one.id))
        elif one.copy is not None and one.holder == self._colleagues.me:
            self._end_copy(one, one.copy)

    def _end_copy(self, one: TakeOver, copy: DraftId) -> None:
        """This program was closed, or slept, when the asker took it."""
        here = self._composer.keeper.line(REPLY)
        if one.id in self._carried:
            return
        if here is None or here.saved.id != copy:
            self._carried.add(one.id)
            failed = partial(self._not_taken, one.id)
            self._work.do(lambda desk: desk.take_overs.end_copy(one.id), failed=failed, owner=self)
        elif not here.unsaved:
            self._carried.add(one.id)
            self._let_go(one.id, here, here.shown.body)

    def _not_taken(self, one: TakeOverId, problem: Problem) -> None:
        self._carried.discard(one)  # the next news tries again
        self._trouble(problem)

    def _let_go(self, one: TakeOverId, line: DraftLine, text: str) -> None:
        keeper = self._composer.keeper
        here = keeper.line(REPLY)
        if here is not None and here.saved.id == line.saved.id:
            line = here  # they left the ticket and came back
        if (draft := line.saved.id) is None or line.shown.body != text:
            return

        def let_go(ended: bool) -> None:
            if ended and line.shown.body == text:
                line.saved = line.shown  # it is the colleague's now, and not saved here again
                line.touched = False
                keeper.done(line)

        self._work.do(
            lambda desk: desk.take_overs.let_go(one, draft, text),
            let_go,
            self._trouble,
            owner=self,
        )

    def _write_anyway(self) -> None:
        self._let_be |= {one.agent for one in self._writers()}
        self._done()

    def _done(self) -> None:
        self._mine = None
        self._clear()
        self.look()

    def _trouble(self, problem: Problem) -> None:
        self._answered.clear()
        self._shown = ("trouble",)
        self._composer.at.together.say_problem(problem)

    def _say(self, key: _Key, sentence: str, *choices: Choice) -> None:
        if key != self._shown:
            self._shown = key
            self._composer.at.together.say(sentence, *choices)

    def _clear(self) -> None:
        self._shown = ()
        self._composer.at.together.clear()


def _named(sentence: str, one: TakeOver) -> str:
    return sentence.replace("{name}", one.holder_name)
