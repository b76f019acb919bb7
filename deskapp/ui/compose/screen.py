"""Puts drafts on the composer's parts, and reads back what was typed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.replies import FORWARD, REVIEW, Draft
from deskapp.domain.rich_reader import read_draft
from deskapp.domain.rich_text import write_html
from deskapp.ui import text
from deskapp.ui.errors import explain
from deskapp.ui.pieces.labels import set_tone

from .. import clock
from .draft_keeper import NOTE, REPLY, DraftKeeper
from .draft_line import DraftLine, Ending
from .editor import Editor
from .layout import Layout
from .places import from_qt
from .quote_button import Quoting

KINDS = (REPLY, NOTE, FORWARD, REVIEW)


def quoting_of(draft: Draft | None) -> Quoting:
    if draft is None or not draft.quote:
        return Quoting.NONE
    return Quoting.ALL if draft.quote_all else Quoting.LAST


class Screen(QObject):
    """Which of the drafts is shown, and all that is said about it. ``shown``: another one."""

    shown = Signal()

    def __init__(self, at: Layout, keeper: DraftKeeper, owner: QWidget) -> None:
        super().__init__(owner)
        self.at, self._keeper = at, keeper
        self.kind = REPLY
        self.showing = False  # while a draft is put on screen, nothing was typed
        keeper.collecting.connect(self.typed)

    @property
    def editor(self) -> Editor:
        return self.at.editor

    @property
    def mail_kind(self) -> str:
        """Which draft files, forms and sending are about: what is shown, unless it is a note."""
        return REPLY if self.kind == NOTE else self.kind

    @property
    def mail(self) -> DraftLine | None:
        """The draft of that kind."""
        return self._keeper.line(self.mail_kind)

    @property
    def line(self) -> DraftLine | None:
        return self._keeper.line(self.kind)

    @property
    def held(self) -> bool:
        """Whether what is shown is on its way, and not to be changed."""
        return self.line is not None and self.line.ending is not None

    def says_held(self) -> bool:
        """The same for who wants to change it: then it is said, too."""
        if self.held:
            self.at.notice.say(self._held_words())
        return self.held

    def _held_words(self) -> str:
        return self.tr("This is on its way and cannot be changed until its answer is here.")

    def show_draft(self) -> None:
        """The open draft; before it has come, what was typed for it already."""
        draft = self.line.shown if self.line else None
        at, note = self.at, self.kind == NOTE
        body = draft.body if draft else self._keeper.early(self.kind)
        self.showing = True
        written = read_draft(body, draft.html if draft else "")
        if at.editor.text() != body or at.editor.written() != written:
            at.editor.show_document(written, draft.caret if draft else len(body))
        at.editor.set_plain(note or bool(draft and draft.plain))
        at.format_bar.show_plain(at.editor.plain)
        if draft:
            at.recipients.show_people(draft.to, draft.cc, draft.bcc, draft.ticket_id)
        else:
            at.recipients.show_people((), ())
        at.quote.show_way(quoting_of(draft))
        self.showing = False
        for part in (at.attach, at.forms):
            part.setVisible(not note)
        at.fold(note=note)
        self.shown.emit()
        at.to.setEnabled(not note)
        at.recipients.setVisible(not note and not at.recipients.isHidden())
        at.send.set_note(note)
        at.send.set_review(self.kind == REVIEW)
        at.send.set_status(draft.status if draft else None)
        at.editor.setPlaceholderText(
            self.tr("A note for colleagues. The customer never sees it.")
            if note
            else self.tr("Write to a third party. F8 brings a canned reply.")
            if self.kind == FORWARD
            else self.tr("The colleague's reply, as you would send it.")
            if self.kind == REVIEW
            else self.tr("Write a reply. ; or F8 brings a canned reply.")
        )
        at.editor.setAccessibleName(self.tr("Note") if note else self.tr("Reply"))

    def letters(self) -> None:
        """Tells the keeper of a keystroke; the rest is collected when it is saved."""
        editor = self.at.editor
        if self.showing or editor.isReadOnly():
            return
        if self.line is None:
            self._keeper.type_early(self.kind, editor.text())
        else:
            text = editor.text()
            caret = from_qt(text, editor.textCursor().position())
            self._keeper.touch(self.kind, text, caret)

    def _forms(self, line: DraftLine) -> str:
        """The markup of what the editor holds: none for a plain text, and that of the draft as
        long as nobody has typed."""
        if not line.touched:
            return line.shown.html
        editor = self.at.editor
        return "" if editor.plain or not line.shown.body else write_html(editor.written())

    def typed(self) -> None:
        """Hands what is on screen to the keeper."""
        at = self.at
        if self.showing or at.editor.isReadOnly():
            return
        if self.line is None:
            self._keeper.type_early(self.kind, at.editor.text())
            return
        fields: dict[str, object] = {"body": at.editor.text(), "caret": at.editor.caret()}
        if self.kind != NOTE:
            fields["html"] = self._forms(self.line)
            fields["plain"] = at.editor.plain
            fields["quote_all"] = at.quote.way is Quoting.ALL
            fields["to"] = at.recipients.to.addresses()
            fields["cc"] = at.recipients.cc.addresses()
            fields["bcc"] = at.recipients.bcc.addresses()
            fields["quote"] = at.quote.way is not Quoting.NONE
        self._keeper.change(self.kind, **fields)

    def toggle_recipients(self) -> None:
        """Opens the fields of a reply's recipients, or closes them."""
        fields = self.at.recipients
        shown = self.kind != NOTE and fields.isHidden()
        fields.setVisible(shown)
        if shown:
            fields.to.line.setFocus()
        else:
            fields.finish()

    def show_state(self) -> None:
        """Whether it is saved, can be typed in, and what hangs on it."""
        at, line = self.at, self.line
        at.editor.setReadOnly(self._keeper.ticket is None or self.held)
        at.recipients.setEnabled(not self.held)
        at.send.setEnabled(line is not None and not self.held)
        if not self.held and at.notice.words.text() == self._held_words():
            at.notice.clear()
        at.state.setText(self._state_words(line))
        failed = line is not None and line.problem is not None and line.unsaved
        set_tone(at.state, "bad" if failed else "muted")
        if line is not None and self.kind != NOTE:
            hung = [one for one in line.shown.files if line.shown.plain or not one.content_id]
            at.files.show_files(hung, line.files_coming)
            at.to.say(self._to_words(line.shown))
        else:
            at.files.hide()
            at.to.say(self.tr("Only colleagues see this"))
        self._mark_tabs()

    def _state_words(self, line: DraftLine | None) -> str:
        if line is None:
            return ""
        if line.ending is not None:
            return self._ending_words(line.ending)
        if line.problem is not None and line.unsaved:
            return self.tr("Not saved: {why}").format(why=explain(line.problem).happened)
        if line.unsaved or line.writes:
            return self.tr("not saved yet")
        if line.saved.id is None or line.saved.updated_at is None:
            return ""
        saved = self.tr("saved {time}").format(time=text.clock(line.saved.updated_at))
        wanted = line.saved.leave_at
        if wanted is None or wanted <= clock.now():
            return saved
        later = self.tr("was to leave {when}").format(when=text.full(wanted))
        return f"{saved} · {later}"

    def _ending_words(self, ending: Ending) -> str:
        return {
            Ending.SENT: self.tr("being sent"),
            Ending.NOTED: self.tr("being added"),
            Ending.RETURNED: self.tr("being returned"),
            Ending.DISCARDED: self.tr("being discarded"),
        }[ending]

    def _mark_tabs(self) -> None:
        """A dot at the tab whose text waits unsent while the other one is shown."""
        names = (self.tr("Reply"), self.tr("Note"))
        for index, kind in enumerate((REPLY, NOTE)):
            line = self._keeper.line(kind)
            waits = line is not None and not line.blank and kind != self.kind
            self.at.tabs.setTabText(index, f"{names[index]} •" if waits else names[index])

    def _to_words(self, draft: Draft) -> str:
        if not draft.to:
            return self.tr("To: nobody yet")
        shown = self.tr("To {address}").format(address=draft.to[0].address)
        more = len(draft.to) + len(draft.cc) + len(draft.bcc) - 1
        return f"{shown} +{more}" if more else shown
