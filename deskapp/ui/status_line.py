"""The line at the bottom: how complete each mailbox is, what waits, what is wrong, in words."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.domain.changes import Changes
from deskapp.domain.estimate import Estimate
from deskapp.domain.ids import MailboxId
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.outbox_trouble import needs_a_person
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OutboxRow

from . import clock, mailbox_words, status_marks, text
from .announce import announce
from .bridge import Bridge
from .errors import explain
from .fault_words import fault_words, raw_words
from .fetching import Fetching
from .pieces.buttons import push_button
from .pieces.labels import ElidedLabel, label, set_tone
from .read_again import ReadAgain
from .work import Work

_SAID_FOR_MS = 6000
_GAP, _MARGIN = 18, 16  # px
_FIRST_READ_MS = 150  # at a start the list's first rows have the processor for themselves
_AGES_EVERY_MS = 10_000
_SHOWN_ALONE = 3  # more mailboxes than these would leave no room for words
_LONGEST_NAME = 12  # letters: the counts behind it matter more
_OF_CONCERN = {"mailboxes", "ledger", "outbox", "agents"}


class StatusLine(QWidget):
    """Reads mailboxes and outbox when they change; says the engine's troubles as sentences.

    ``now``: the clock by which a reply is late.
    """

    outbox_wanted = Signal()

    def __init__(
        self,
        work: Work,
        bridge: Bridge,
        parent: QWidget | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        self._work = work
        self._mailboxes: tuple[MailboxRow, ...] = ()
        self._carries = True  # whether this person's programs fetch and send
        self._estimates: dict[MailboxId, Estimate] = {}
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(_GAP)
        self._trouble = ElidedLabel(size="small", tone="bad")
        self._said = ElidedLabel(size="small", tone="good")
        self._waiting = label(size="small", tone="muted")
        self._why = ElidedLabel(size="small", tone="bad")
        self._outbox: tuple[OutboxRow, ...] = ()
        self.outbox = push_button(self.tr("Outbox"), self.outbox_wanted.emit, kind="link")
        self.outbox.setToolTip(self.tr("Replies that have not left, and why (Ctrl+Shift+B)"))
        self.outbox.hide()
        self._contact = label(size="small", tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 1, _MARGIN, 0)
        row.setSpacing(_GAP)
        row.addLayout(self._boxes)
        row.addWidget(self._trouble, 2)
        row.addWidget(self._said)  # without a stretch it gets what its words need
        row.addStretch(1)
        row.addWidget(self._waiting)
        row.addWidget(self._why, 2)
        row.addWidget(self.outbox)
        row.addWidget(self._contact)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._be_quiet)
        ages = QTimer(self)
        ages.timeout.connect(self._age)
        ages.start(_AGES_EVERY_MS)
        self._again = ReadAgain(self)  # while mail comes in it changes all the time
        self._again.due.connect(self.read_again)
        bridge.changed.connect(self._changed)
        bridge.engine_news.connect(self.engine_said)
        self.fetching = Fetching(bridge, lambda: len(self._mailboxes), self.tell, self, self._aside)
        self.tell_trouble(None)
        self._be_quiet()
        QTimer.singleShot(_FIRST_READ_MS, self, self.read_again)

    def read_again(self) -> None:
        self._again.asked()
        self._work.ask(
            status_marks.read,
            self._came,
            self._failed,
            owner=self,
            topic="status",
        )

    def tell(self, sentence: str) -> None:
        """Something went well; it goes away by itself, and screen readers say it."""
        announce(self, sentence)
        self._said.setText(sentence)
        self._said.show()
        self._make_room()
        self._quiet.start(_SAID_FOR_MS)

    def tell_trouble(self, problem: Problem | None) -> None:
        """A standing trouble, until it is taken back with None."""
        told = explain(problem) if problem is not None else None
        self._trouble.setText(f"{told.happened} {told.todo}" if told is not None else "")
        self._make_room()
        if told is not None:
            announce(self, told.happened, urgent=True)

    def engine_said(self, news: Mapping[str, object]) -> None:
        """The engine's own troubles; a mailbox's stand beside its name (``engine.news``)."""
        what = news.get("news")
        if what == "ready":
            self.tell_trouble(None)
        elif what == "engine":
            seconds = news.get("again_in")
            again = seconds if isinstance(seconds, int) else None
            self.tell_trouble(Problem(ProblemKind.ENGINE_STOPPED, seconds=again))
        elif what == "trouble" and news.get("mailbox") is None:
            kind = news.get("kind")
            if kind in list(ProblemKind):
                facts = {
                    name: fact
                    for name, fact in news.items()
                    if name not in ("news", "kind", "mailbox") and isinstance(fact, str | int)
                }
                self.tell_trouble(Problem(ProblemKind(str(kind)), **facts))

    def _aside(self) -> str:
        return "" if self._carries else status_marks.aside()

    def _be_quiet(self) -> None:
        self._said.hide()
        self._make_room()

    def _make_room(self) -> None:
        """What is said for a moment is read whole: what stands here anyway gives way to it."""
        standing = (self._contact, self._why, self._waiting, self._trouble)
        for part in standing:
            part.setVisible(bool(part.text()))
        for part in () if self._said.isHidden() else standing:
            if self._wanted() > self.width():
                part.hide()

    def _wanted(self) -> int:
        """The pixels that all of it would take."""
        beside = Qt.FindChildOption.FindDirectChildrenOnly
        parts = self.findChildren(QWidget, options=beside)
        shown = [part.sizeHint().width() + _GAP for part in parts if not part.isHidden()]
        return sum(shown) + 2 * _MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _changed(self, changes: Changes) -> None:
        if changes.areas & _OF_CONCERN:
            self._again.want()

    def _failed(self, problem: Problem) -> None:
        self._again.answered()
        self.tell_trouble(problem)

    def _came(self, shown: status_marks.Shown) -> None:
        self._again.answered()
        self._mailboxes, outbox, answering, self._carries = shown
        while (item := self._boxes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in self._standings():
            self._boxes.addWidget(one)
        for one in status_marks.marks(self._mailboxes, answering, self._carries):
            self._boxes.addWidget(one)
        for place in range(self._boxes.count()):
            if (item := self._boxes.itemAt(place)) is not None and (box := item.widget()):
                box.show()  # at once, or nobody could say what room is left
        self._tell_outbox(outbox)
        self._tell_contact()

    def _standings(self) -> list[QWidget]:
        """Each mailbox; of many those that need an eye, and the sound ones together."""
        boxes = self._mailboxes
        if len(boxes) <= _SHOWN_ALONE:
            return [self._mailbox(box) for box in boxes]
        sound = [box for box in boxes if box.state == "ok" and not box.pending]
        shown = [self._mailbox(box) for box in boxes if box not in sound]
        left = len(shown) - _SHOWN_ALONE
        shown = shown[:_SHOWN_ALONE]
        if left > 0:
            shown.append(label(self.tr("%n more", "", left), size="small", tone="warn"))
        if sound:
            here, there = sum(box.here for box in sound), sum(box.wanted for box in sound)
            said = self.tr("%n mailbox(es) {here} of {there}", "", len(sound))
            said = said.replace("{here}", text.number(here)).replace("{there}", text.number(there))
            shown.append(ElidedLabel(f"● {said}", size="small", tone="good"))
        return shown

    def _mailbox(self, box: MailboxRow) -> QWidget:
        local = box.settings.address.partition("@")[0]
        name = (local if len(local) <= _LONGEST_NAME else local[: _LONGEST_NAME - 1] + "…") + "@"
        now = clock.now()
        estimate = self._estimates.setdefault(box.id, Estimate())
        estimate.see(now, box.here)
        said, tone = self._standing(box, estimate, now)
        shown = ElidedLabel(f"{said[0]} {name} {said[1]}", size="small", tone=tone)
        shown.note = mailbox_words.state(box, now) + "\n" + mailbox_words.lease(box, now)
        shown.setAccessibleName(f"{box.settings.address}: {said[1]}")
        shown.setAccessibleDescription(shown.note)
        return shown

    def _standing(
        self, box: MailboxRow, estimate: Estimate, now: datetime
    ) -> tuple[tuple[str, str], str]:
        """A mark, the words, and their tone: a mark and a colour never stand alone."""
        short, tone = mailbox_words.short_state(box, now)
        if mailbox_words.waits_for_server(box, now):
            return ("▲", short), tone
        if mailbox_words.trouble_of(box) is not None:
            since = text.clock(box.state_since) if box.state_since is not None else ""
            words = self.tr("{trouble} since {when}") if since else "{trouble}"
            words = words.replace("{trouble}", short.lower()).replace("{when}", since)
            return ("▲", words), tone
        counts = mailbox_words.counts(box)
        if box.state == "new" and not box.here:
            return ("○", counts), "muted"
        if box.stopped is not None and box.pending:
            return ("○", f"{counts} · {short}"), tone
        if box.pending:
            left = mailbox_words.left(estimate.remaining(box.pending))
            return ("○", f"{counts} · {left}" if left else counts), "muted"
        return ("●", counts), "good"

    def _age(self) -> None:
        if not self._carries:
            self.read_again()  # a colleague's program that ends leaves no other trace
        self._tell_outbox(self._outbox)
        self._tell_contact()

    def _tell_outbox(self, outbox: tuple[OutboxRow, ...]) -> None:
        self._outbox = outbox
        now = self._now()
        stuck = [one for one in outbox if needs_a_person(one, now)]
        waiting = len(outbox) - len(stuck)
        parts = []
        if stuck:
            parts.append(self.tr("%n answer(s) not sent", "", len(stuck)))
        if waiting:
            parts.append(self.tr("%n waiting to be sent", "", waiting))
        self._waiting.setText(" · ".join(parts) or self.tr("nothing waiting to be sent"))
        set_tone(self._waiting, "bad" if stuck else "muted")
        said, raw = next(
            (
                (words, raw_words(one.fault, one.last_error))
                for one in stuck
                if (words := fault_words(one.fault, one.last_error))
            ),
            ("", ""),
        )
        self._why.note = raw
        self._why.setText(said)
        self._waiting.setAccessibleDescription(said)
        self.outbox.setVisible(bool(outbox))
        self._make_room()

    def _tell_contact(self) -> None:
        newest = max(
            (box.last_success_at for box in self._mailboxes if box.last_success_at), default=None
        )
        if newest is None:
            self._contact.setText("")
            self._make_room()
            return
        seconds = int((clock.now() - newest).total_seconds())
        if seconds < 60:
            self._contact.setText(self.tr("synced %n s ago", "", max(seconds, 0)))
        else:
            gone = text.age(newest, clock.now())
            self._contact.setText(self.tr("synced {span} ago").replace("{span}", gone))
        self._make_room()
