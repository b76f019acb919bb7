"""The steps of a live test, each with its mark and its words as they come."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from deskapp.domain.mailboxes import MailboxSettings, StepResult
from deskapp.ui.icons import pixmap
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label, set_tone

from .step_words import STEPS, done, failed, not_tried, tried


class Steps(Card):
    """Five lines: a mark, what is tried, what came of it. Marks never stand without words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Test of the mailbox"))
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 16)
        grid.setColumnMinimumWidth(1, 148)
        grid.setColumnStretch(2, 1)
        self._lines: dict[str, tuple[QLabel, QLabel]] = {}
        top = Qt.AlignmentFlag.AlignTop
        for row, step in enumerate(STEPS):
            mark, words = label(), label(tone="muted", wrap=True, selectable=True)
            mark.setContentsMargins(0, 1, 0, 0)
            words.setAccessibleName(tried(step))
            grid.addWidget(mark, row, 0, top)
            grid.addWidget(label(tried(step)), row, 1, top)
            grid.addWidget(words, row, 2, top)
            self._lines[step] = (mark, words)
        self._came: list[str] = []

    def begin(self) -> None:
        """All steps are still to come; the first is under way."""
        self._came = []
        for step in STEPS:
            self._say(step, "", "", "muted")
        self._under_way(STEPS[0])

    def show_step(self, result: StepResult, settings: MailboxSettings, hint: str) -> None:
        """A step has ended; the next one that will be tried is under way."""
        self._came.append(result.step)
        if result.ok:
            self._say(result.step, "done", done(result), "good")
        else:
            self._say(result.step, "close", failed(result, settings, hint), "bad")
        later = STEPS[STEPS.index(result.step) + 1 :] if result.step in STEPS else ()
        if later:
            self._under_way(later[0] if result.ok else later[-1])

    def end(self) -> None:
        """No more steps come: those left are said not to have been tried."""
        for step in STEPS:
            if step not in self._came:
                self._say(step, "", not_tried(), "muted")

    def words(self, step: str) -> str:
        """What stands beside a step."""
        return self._lines[step][1].text()

    def _under_way(self, step: str) -> None:
        self._say(step, "clock", self.tr("under way…"), "muted")

    def _say(self, step: str, picture: str, words: str, tone: str) -> None:
        mark, line = self._lines[step]
        mark.setPixmap(pixmap(picture, 16, tone) if picture else pixmap("right", 16, "muted"))
        line.setText(words)
        set_tone(line, "bad" if tone == "bad" else "muted" if tone == "muted" else "good")
