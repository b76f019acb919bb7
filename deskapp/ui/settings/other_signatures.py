"""Signatures for a mailbox or a language, beside the usual ones."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import AgentId, MailboxId
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.signatures import Signature
from deskapp.ui.languages import offered_languages
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import Work

from .section import side_by_side
from .text_clash import TextClash


class OtherSignatures(QWidget):
    """One field for the chosen agent, mailbox and language; an empty one takes it away.

    ``saved``; ``refused`` carries a Problem, and the text stays.
    """

    saved = Signal()
    refused = Signal(object)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._agent: AgentId | None = None
        self._boxes: tuple[MailboxRow, ...] = ()
        self._known: tuple[Signature, ...] = ()
        self._seen = ""  # what stood in the place when its text was shown: it is saved on that
        self.whose = form.choice(
            ((self.tr("Yours"), 0), (self.tr("Everybody's"), 1)), name=self.tr("Whose signature")
        )
        self.box = form.choice((), name=self.tr("From which mailbox"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # filled later
        languages = [(self.tr("Any language"), ""), *offered_languages("")]
        self.language = form.choice(languages, name=self.tr("For which language"))
        self.text = form.paragraph(name=self.tr("Signature for these"), lines=6)
        self.save = push_button(self.tr("Save this signature"), self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("For a mailbox or a language"), size="strong"))
        hint = self.tr(
            "Used instead of the usual one. Placeholders as in canned replies may stand in it, "
            "for example {{ agent.name }}; a line whose value is missing is left out."
        )
        column.addWidget(label(hint, size="small", tone="muted", wrap=True))
        column.addWidget(side_by_side(self.whose, self.box, self.language))
        self.clash = TextClash(self.text, self.save, self._save)
        column.addWidget(self.text)
        column.addWidget(self.clash.card)
        column.addWidget(side_by_side(self.save))
        for field in (self.whose, self.box, self.language):
            field.currentIndexChanged.connect(self._show)
        self.text.textChanged.connect(self._show_state)
        self._show_state()

    def show_known(
        self,
        agent: AgentId | None,
        boxes: tuple[MailboxRow, ...],
        known: tuple[Signature, ...],
    ) -> None:
        """What is kept now; a text that is being typed stays."""
        typing = self._changed()
        self._agent, self._known = agent, known
        if [one.id for one in boxes] != [one.id for one in self._boxes] or not self.box.count():
            self._offer(boxes, typing)
        if not typing:
            self._show()

    def _offer(self, boxes: tuple[MailboxRow, ...], typing: bool) -> None:
        """The same mailbox stays chosen: what is typed is not for another one.

        While something is typed for one that is gone, the older ones are offered on.
        """
        ids, chosen = [one.id for one in boxes], self._mailbox()
        if typing and chosen is not None and chosen not in ids:
            return
        self._boxes = boxes
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem(self.tr("Any mailbox"))
            for one in boxes:
                self.box.addItem(one.settings.address)
            self.box.setCurrentIndex(ids.index(chosen) + 1 if chosen in ids else 0)

    def _mailbox(self) -> MailboxId | None:
        place = self.box.currentIndex() - 1
        return self._boxes[place].id if place >= 0 else None

    def _chosen(self) -> Signature:
        """The place that the three fields name, with the text that is kept for it."""
        agent = self._agent if self.whose.currentIndex() == 0 else None
        mailbox = self._mailbox()
        language = str(self.language.currentData() or "")
        for one in self._known:
            if (one.agent, one.mailbox, one.language) == (agent, mailbox, language):
                return one
        return Signature(agent, mailbox, language, "")

    def _is_usual(self) -> bool:
        """Whether it is one of those above: the agent's own, or a mailbox's. Nobody's: as well."""
        if self.whose.currentIndex() == 0 and self._agent is None:
            return True
        one = self._chosen()
        return not one.language and (one.mailbox is None) is (one.agent is not None)

    def _show(self) -> None:
        self.clash.end()
        self._seen = "" if self._is_usual() else self._chosen().text
        with QSignalBlocker(self.text):
            self.text.setPlainText(self._seen)
        self._show_state()

    def _changed(self) -> bool:
        return self.text.toPlainText() != self._seen

    def _show_state(self) -> None:
        usual = self._is_usual()
        self.text.setEnabled(not usual)
        self.text.setPlaceholderText(
            self.tr("The usual one stands above. Choose a mailbox or a language.") if usual else ""
        )
        self.save.setEnabled(not usual and self._changed())

    def _save(self) -> None:
        place = replace(self._chosen(), text=self._seen)
        made = Signature(place.agent, place.mailbox, place.language, self.text.toPlainText())

        def kept(known: tuple[Signature, ...]) -> None:
            self._known = known
            if self._is_at(place):
                self._seen = self._chosen().text
            self._show_state()
            self.saved.emit()

        def put(desk: Desk) -> tuple[Signature, ...]:
            desk.signatures.put(made, place.text)
            return desk.signatures.list()

        def refused(problem: Problem) -> None:
            if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
                self.refused.emit(problem)
                return
            self._work.ask(
                lambda desk: (desk.signatures.list(), desk.signatures.last_of(place)),
                lambda found: self._theirs_came(problem, place, *found),
                self.refused.emit,
                owner=self,
            )

        self._work.do(put, kept, refused, owner=self)

    def _theirs_came(
        self,
        problem: Problem,
        seen: Signature,
        known: tuple[Signature, ...],
        last: LastEdit | None,
    ) -> None:
        self._known = known
        if not self._is_at(seen):  # nothing to decide where it is not shown, yet it is not saved
            self.refused.emit(problem)
            return
        self._seen = self._chosen().text
        self.clash.decide(seen.text, self._seen, last)

    def _is_at(self, one: Signature) -> bool:
        at = self._chosen()
        return (at.agent, at.mailbox, at.language) == (one.agent, one.mailbox, one.language)
