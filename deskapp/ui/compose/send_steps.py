"""What stands between the button and the outbox: checks, and choices where one says no."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.cautions import Caution
from deskapp.domain.deeds import Deed
from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.placeholders import find_unresolved
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import REVIEW, Draft, News
from deskapp.domain.rich_reader import read_draft
from deskapp.ui.errors import explain
from deskapp.ui.pieces.notice import Choice

from .. import clock
from .doubts import (
    doubt_words,
    is_overtaken,
    news_words,
    of_another,
    stale_words,
    told_elsewhere,
)
from .draft_keeper import NOTE, REPLY, DraftKeeper
from .draft_line import DraftLine, Press, Way
from .later_dialog import Later, LaterDialog
from .layout import Layout
from .send_button import SendChoice
from .send_words import Say, send_words
from .sender import Sender

NOW = Way()


class SendSteps(QObject):
    """``failed``: a Problem about a ticket that is not open here any more. ``news_wanted``: the
    newest message somebody wrote meanwhile, to be shown. ``resting``: sending ended well or not.
    """

    failed = Signal(object)
    news_wanted = Signal(object)
    resting = Signal()

    def __init__(self, keeper: DraftKeeper, sender: Sender, at: Layout, owner: QWidget) -> None:
        super().__init__(owner)
        self._keeper, self._sender, self._at = keeper, sender, at
        self.undo_seconds = 15
        self._early: tuple[TicketId, Callable[[], None]] | None = None
        self._loading: list[DraftLine] = []  # they wait for their files
        self._again: Callable[[], None] | None = None  # what "send anyway" does just now
        self._stale: tuple[DraftLine, Problem] | None = None  # overtaken, as it says just now
        sender.stopped.connect(self._stopped)
        sender.doubted.connect(self._doubted)
        sender.news_came.connect(self._tell_news)
        sender.not_ours.connect(self._say_not_ours)
        sender.other_came.connect(self._take_other)
        keeper.trouble.connect(self._not_saved)
        keeper.state_changed.connect(self._files_came)

    def reply(self, number: int, choice: SendChoice, way: Way = NOW, kind: str = REPLY) -> None:
        """Sends the open draft of a kind if nothing speaks against it. ``number``: the ticket's."""
        line = self._keeper.line(kind)
        if line is None:
            self._when_here(partial(self.reply, number, choice, way, kind))
            return
        if line.ending is not None or self._is_unfit(line):
            return
        if choice.later and way.at is None:
            later = self.ask_when(line.shown)
            if later is None:
                return
            way = replace(way, at=later.at, unless_answered=later.unless_answered)
            self._keeper.change(kind, leave_at=later.at, unless_answered=later.unless_answered)
        line.press = Press(number, choice, way)
        if line.files_coming:
            line.files_missed = False
            if line not in self._loading:
                self._loading.append(line)
            self._say(self.tr("A file is still being added. The reply goes once it is there."))
            return
        self._again = self._stale = None
        self._at.notice.clear()
        self._sender.send(line, number, choice, timedelta(seconds=self.undo_seconds), way)

    def ask_when(self, draft: Draft) -> Later | None:
        """Asks for the time of a reply that is to leave later; None: not at all."""
        before = Later(draft.leave_at, draft.unless_answered) if draft.leave_at else None
        dialog = LaterDialog(clock.now().astimezone(), self._at.body, before)
        return dialog.chosen() if dialog.exec() else None

    def send_anyway(self) -> None:
        """Overrides what held the reply back, while it is said."""
        again, self._again = self._again, None
        if again is not None and not self._at.notice.isHidden():
            self._at.notice.clear()
            again()

    def note(self) -> None:
        """Adds the open note."""
        line = self._keeper.line(NOTE)
        if line is None:
            self._when_here(self.note)
            return
        if line.ending is not None:
            return
        if not line.shown.body.strip():
            self._say(self.tr("The note has no text yet. Write something first."))
            return
        self._at.notice.clear()
        self._sender.note(line)

    def give_back(self, comment: str) -> None:
        """Returns the open reply of a colleague to its writer."""
        line = self._keeper.line(REVIEW)
        if line is not None and line.ending is None:
            self._at.notice.clear()
            self._sender.give_back(line, comment)

    def _when_here(self, step: Callable[[], None]) -> None:
        """Sent before the ticket's drafts have come: done as soon as they have, if it still is."""
        if self._keeper.ticket is not None:
            self._early = (self._keeper.ticket, step)

    def go_on(self) -> None:
        """The drafts of the open ticket are shown."""
        if self._early is None or self._keeper.line(REPLY) is None:
            return
        (ticket, step), self._early = self._early, None
        if ticket == self._keeper.ticket:
            step()

    def _files_came(self) -> None:
        """Goes on with replies that waited for their files; not without one that did not come."""
        here = [line for line in self._loading if not line.files_coming]
        self._loading = [line for line in self._loading if line.files_coming]
        for line in here:
            press = line.press
            if press is None or line.files_missed:
                continue
            if line is self._keeper.line(line.shown.kind):
                self.reply(press.number, press.choice, press.way, line.shown.kind)
            else:  # its ticket was left meanwhile
                delay = timedelta(seconds=self.undo_seconds)
                self._sender.send(line, press.number, press.choice, delay, press.way)

    def rest(self) -> None:
        self.resting.emit()

    def _not_saved(self, line: DraftLine, problem: Problem) -> None:
        """A save that failed is tried again by itself; one that met another's needs a choice."""
        if line.ticket != self._keeper.ticket:
            self.failed.emit(problem)
        elif line is not self._keeper.line(line.shown.kind):
            return  # a draft that came back has taken its text over
        elif problem.kind is ProblemKind.CHANGED_MEANWHILE:
            self._say_conflict(line)
        elif not line.unsaved:  # not the text but a file could not be put on or taken off
            self._at.notice.say_problem(problem)

    def _is_unfit(self, line: DraftLine) -> bool:
        """Says what is wrong, and shows the place."""
        draft = line.shown
        marks = find_unresolved(draft.body)
        if marks:
            first = marks[0]
            self._at.editor.select(first.start, first.end)
            self._say_problem(Problem(ProblemKind.UNRESOLVED_PLACEHOLDER, name=first.name))
        elif not draft.to:
            self._ask_for_recipient(self.tr("Nobody is named in To. Name who gets the reply."))
        else:
            return False
        return True

    def _stopped(self, line: DraftLine, problem: Problem) -> None:
        self.rest()
        kind, what = problem.kind, problem.details.get("what")
        if line.ticket != self._keeper.ticket:
            self.failed.emit(told_elsewhere(problem, line.shown))
            return
        if kind is ProblemKind.CHANGED_MEANWHILE and what == "draft":
            line.problem = problem
            self._say_conflict(line)
        elif is_overtaken(problem):
            self._say(stale_words(problem), *self._ways(line, problem))
            self._sender.read_news(line)
        elif kind is ProblemKind.INVALID and what == "recipient":
            self._ask_for_recipient(explain(problem).in_one())
        else:
            self._say_problem(problem)

    def _ways(self, line: DraftLine, moved: Problem) -> tuple[Choice, Choice]:
        self._stale = line, moved
        return (
            (self.tr("Show what is new"), partial(self._show_news, line, moved)),
            self._offer_again(partial(self._press_again, line, force=True)),
        )

    def _tell_news(self, line: DraftLine, news: Sequence[News | Deed]) -> None:
        """What is new beside the draft, while the sentence about it stands."""
        stale, moved = self._stale or (None, None)
        if not news or moved is None or self._again is None:
            return
        if line is stale and line.ticket == self._keeper.ticket:
            told = self.tr("Nothing was sent; your text is kept. New since you began:")
            self._say(f"{told}\n{news_words(news)}", *self._ways(line, moved))

    def _doubted(self, line: DraftLine, found: Sequence[Caution]) -> None:
        self.rest()
        if line.ticket != self._keeper.ticket:
            self.failed.emit(of_another("reply_in_doubt", line.shown))
            return
        self._stale = None
        place = next((one for one in found if one.end > one.start), None)
        if place is not None:
            self._at.editor.select(place.start, place.end)
        again = self._offer_again(partial(self._press_again, line, anyway=True))
        self._say(doubt_words(found), again)

    def _offer_again(self, again: Callable[[], None]) -> Choice:
        self._again = again
        return f"{send_words(self._at.send.sending, Say.ANYWAY)} (F9)", again

    def _say_not_ours(self, _draft: Draft) -> None:
        self._say(self.tr("It was taken back and is again a draft of the colleague who wrote it."))

    def _show_news(self, line: DraftLine, moved: Problem) -> None:
        newest, event = (int(moved.details.get(name) or 0) for name in ("newest", "event"))
        base = line.shown.base or 0
        # A merge brings messages that are older than what was seen.
        seen = MessageId(max(newest, base)) or None
        self._keeper.saw(seen, max(event, self._keeper.seen_event), on_purpose=True)
        if newest:
            self.news_wanted.emit(MessageId(newest))

    def _press_again(self, line: DraftLine, *, force: bool = False, anyway: bool = False) -> None:
        """As this reply was pressed, whatever was sent from here since."""
        press = line.press
        if press is None or line.ticket != self._keeper.ticket:
            return
        way = press.way
        way = replace(way, force=way.force or force, anyway=way.anyway or anyway)
        self.reply(press.number, press.choice, way, line.shown.kind)

    def _say_conflict(self, line: DraftLine) -> None:
        self._say(
            self.tr(
                "This draft was changed in another window or on another computer. "
                "Your text here is kept."
            ),
            (self.tr("Keep this text"), partial(self._keeper.keep_ours, line)),
            (self.tr("Take the other text"), partial(self._sender.read_other, line)),
        )

    def _take_other(self, line: DraftLine, other: Draft) -> None:
        """The other text comes in as one step, so that undo leads back to this one."""
        if line is self._keeper.line(line.shown.kind):
            self._at.editor.replace_document(read_draft(other.body, other.html))
            self._keeper.keep_ours(line)

    def _ask_for_recipient(self, sentence: str) -> None:
        self._at.recipients.show()
        self._at.recipients.to.line.setFocus()
        self._say(sentence)

    def _say_problem(self, problem: Problem) -> None:
        self._at.notice.say_problem(problem)

    def _say(self, sentence: str, *choices: Choice) -> None:
        self._at.notice.say(sentence, *choices)
