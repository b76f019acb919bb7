"""Puts drafts on the composer's parts, and reads back what was typed."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskapp.domain.replies import Draft
from deskapp.ui import text
from deskapp.ui.errors import explain
from deskapp.ui.pieces.labels import set_tone

from .draft_keeper import NOTE, REPLY, DraftKeeper
from .draft_line import DraftLine
from .layout import Layout

KINDS = (REPLY, NOTE)


class Screen(QObject):
    """Which of the two drafts is shown, and all that is said about it."""

    def __init__(self, at: Layout, keeper: DraftKeeper, owner: QWidget) -> None:
        super().__init__(owner)
        self._at, self._keeper = at, keeper
        self.kind = REPLY
        self.showing = False  # while a draft is put on screen, nothing was typed

    @property
    def line(self) -> DraftLine | None:
        return self._keeper.line(self.kind)

    def show_draft(self) -> None:
        """The open draft; before it has come, what was typed for it already."""
        draft = self.line.shown if self.line else None
        at, note = self._at, self.kind == NOTE
        body = draft.body if draft else self._keeper.early(self.kind)
        self.showing = True
        if at.editor.text() != body:
            at.editor.show_text(body, draft.caret if draft else len(body))
        at.recipients.show_people(draft.to if draft else (), draft.cc if draft else ())
        at.quote.setChecked(bool(draft and draft.quote))
        self.showing = False
        for part in (at.attach, at.quote):
            part.setVisible(not note)
        at.fold(note=note)
        at.to.setEnabled(not note)
        at.recipients.setVisible(not note and not at.recipients.isHidden())
        at.send.set_note(note)
        at.editor.setPlaceholderText(
            self.tr("A note for colleagues. The customer never sees it.")
            if note
            else self.tr("Write a reply. Type ; and a name, or press F8, for a canned reply.")
        )
        at.editor.setAccessibleName(self.tr("Note") if note else self.tr("Reply"))

    def typed(self) -> None:
        """Hands what is on screen to the keeper."""
        at = self._at
        if self.showing or at.editor.isReadOnly():
            return
        if self.line is None:
            self._keeper.type_early(self.kind, at.editor.text())
            return
        fields: dict[str, object] = {"body": at.editor.text(), "caret": at.editor.caret()}
        if self.kind == REPLY:
            fields["to"] = at.recipients.to.addresses()
            fields["cc"] = at.recipients.cc.addresses()
            fields["quote"] = at.quote.isChecked()
        self._keeper.change(self.kind, **fields)

    def toggle_recipients(self) -> None:
        """Opens the fields of a reply's recipients, or closes them."""
        fields = self._at.recipients
        shown = self.kind == REPLY and fields.isHidden()
        fields.setVisible(shown)
        if shown:
            fields.to.line.setFocus()
        else:
            fields.finish()

    def show_state(self, sending: DraftLine | None) -> None:
        """Whether it is saved, can be typed in, and what hangs on it."""
        at, line = self._at, self.line
        resting = line is not None and sending is not line
        at.editor.setReadOnly(self._keeper.ticket is None or (line is not None and not resting))
        at.send.setEnabled(resting)
        at.state.setText(self._state_words(line))
        failed = line is not None and line.problem is not None and line.unsaved
        set_tone(at.state, "bad" if failed else "muted")
        if line is not None and self.kind == REPLY:
            at.files.show_files(line.shown.files, line.files_coming)
            at.to.say(self._to_words(line.shown))
        else:
            at.files.hide()
            at.to.say(self.tr("Only colleagues see this"))
        self._mark_tabs()

    def _state_words(self, line: DraftLine | None) -> str:
        if line is None:
            return ""
        if line.problem is not None and line.unsaved:
            return self.tr("Not saved: {why}").format(why=explain(line.problem).happened)
        if line.unsaved or line.writes:
            return self.tr("not saved yet")
        if line.saved.id is None or line.saved.updated_at is None:
            return ""
        return self.tr("saved {time}").format(time=text.clock(line.saved.updated_at))

    def _mark_tabs(self) -> None:
        """A dot at the tab whose text waits unsent while the other one is shown."""
        names = (self.tr("Reply"), self.tr("Note"))
        for index, kind in enumerate(KINDS):
            line = self._keeper.line(kind)
            waits = line is not None and not line.blank and kind != self.kind
            self._at.tabs.setTabText(index, f"{names[index]} •" if waits else names[index])

    def _to_words(self, draft: Draft) -> str:
        if not draft.to:
            return self.tr("To: nobody yet")
        shown = self.tr("To {address}").format(address=draft.to[0].address)
        more = len(draft.to) + len(draft.cc) - 1
        return f"{shown} +{more}" if more else shown
