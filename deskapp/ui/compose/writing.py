"""What a reply is besides its letters: forms, pictures, quote and signature, and what is usual."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft, Signing
from deskapp.ui.remembered import Remembered
from deskapp.ui.work import Work

from .attaching import Attaching
from .draft_keeper import NOTE, DraftKeeper
from .heading import HeadingCare
from .quote_button import Quoting
from .screen import Screen

_BAR, _PLAIN, _QUOTE = "compose/bar", "compose/plain", "compose/quote"

_Signed = tuple[TicketId, str] | None


class Writing(QObject):
    """``changed``: something other than letters. ``failed``: a Problem."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        work: Work,
        keeper: DraftKeeper,
        page: Screen,
        attaching: Attaching,
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._work, self._keeper, self._page = work, keeper, page
        self._remembered: Remembered | None = None
        self._signing: Signing | None = None
        self._signed: _Signed = None
        self.heading = HeadingCare(work, keeper, page, owner)
        self.heading.chosen.connect(self._opened)  # another mailbox signs differently
        self.heading.chosen.connect(self.changed)
        self.heading.failed.connect(self.failed)
        keeper.begin = self._usual
        keeper.opened.connect(self._opened)
        page.shown.connect(self._show_around)
        page.at.preview.toggled.connect(self._preview_toggled)
        at = page.at
        editor = at.editor
        editor.files_given.connect(attaching.add_files)
        editor.pictures_given.connect(attaching.add_pictures)
        editor.image_given.connect(attaching.add_picture)
        editor.picture_wanted.connect(attaching.fetch_picture)
        at.forms.toggled.connect(self._show_bar)
        at.format_bar.plain_wanted.connect(self._set_plain)
        at.quote.chosen.connect(self._quote_chosen)
        at.signature.chosen.connect(self._sign)
        at.signature.edit_wanted.connect(self._edit_signature)
        at.preview_page.failed.connect(self.failed)

    def remember_in(self, remembered: Remembered) -> None:
        """Where what is usual here is kept: the bar, plain text, how much is quoted."""
        self._remembered = remembered
        self._page.at.forms.setChecked(remembered.flag(_BAR, default=False))

    def _usual(self, draft: Draft) -> Draft:
        """A fresh reply as this person begins one."""
        if draft.kind == NOTE or self._remembered is None:
            return draft
        kept = self._remembered
        plain, all_of_it = kept.flag(_PLAIN, default=False), kept.flag(f"{_QUOTE}_all", False)
        return replace(
            draft, plain=plain, quote=kept.flag(_QUOTE, default=True), quote_all=all_of_it
        )

    def _keep(self, name: str, on: bool) -> None:
        if self._remembered is not None:
            self._remembered.put_flag(name, on)

    def _preview_toggled(self, wanted: bool) -> None:
        if not wanted:
            self._show_around()

    def _show_around(self) -> None:
        """What stands above and below the editor, while the editor is shown."""
        if self._signed is not None and self._signed != self._here:
            self._opened()
        at = self._page.at
        at.format_bar.setVisible(at.forms.isChecked() and self._page.kind != NOTE)
        at.format_bar.show_state()
        self._show_signature()

    def _show_bar(self, on: bool) -> None:
        self._keep(_BAR, on)
        at = self._page.at
        at.format_bar.setVisible(on and self._page.kind != NOTE)
        at.format_bar.show_state()

    def _set_plain(self, plain: bool) -> None:
        self._keep(_PLAIN, plain)
        editor = self._page.at.editor
        editor.set_plain(plain)
        self._page.letters()  # the forms are asked for anew
        self._page.at.format_bar.show_plain(plain)
        self.changed.emit()

    def _quote_chosen(self) -> None:
        way = self._page.at.quote.way
        self._keep(_QUOTE, way is not Quoting.NONE)
        self._keep(f"{_QUOTE}_all", way is Quoting.ALL)
        self.changed.emit()

    def _opened(self) -> None:
        ticket, line = self._keeper.ticket, self._page.mail
        here = self._here
        if here != self._signed:
            self._signing = None
        self._show_signature()
        if ticket is None or line is None:
            return
        draft, sender = line.shown, self.heading.chosen_sender
        self._work.ask(
            lambda desk: (
                here,
                desk.side_threads.signing(draft)
                if draft.is_forward
                else desk.reviewing.signing(draft)
                if draft.reviews is not None
                else desk.replies.signing(ticket, sender),
            ),
            self._signing_came,
            self._not_signed,
            owner=self,
            topic="signing",
        )

    @property
    def _here(self) -> "_Signed":
        """Whose signature is shown: of which draft of which ticket."""
        ticket = self._keeper.ticket
        return None if ticket is None else (ticket, self._page.mail_kind)

    def _signing_came(self, answer: "tuple[_Signed, Signing]") -> None:
        self._signed, self._signing = answer
        self._show_signature()

    def _not_signed(self, problem: Problem) -> None:
        if problem.kind is not ProblemKind.NOT_FOUND:  # no mailbox yet: nothing to sign
            self.failed.emit(problem)

    def _show_signature(self) -> None:
        line, field = self._page.mail, self._page.at.signature
        signing = self._signing if self._signed == self._here else None
        if line is None or signing is None or self._page.kind == NOTE:
            field.hide()
            return
        chosen = line.shown.signature
        usual = "" if signing.carried else signing.text
        field.show_signature(
            usual if chosen is None else chosen,
            signing.text,
            carried=signing.carried,
            others=signing.others,
        )

    def _sign(self, text: str | None) -> None:
        self._keeper.change(self._page.mail_kind, signature=text)
        self._show_signature()
        self.changed.emit()

    def _edit_signature(self, text: str) -> None:
        """It becomes part of what is typed, to be changed there."""
        self._page.at.editor.append_text(f"\n\n{text.strip()}")
        self._sign("")
