"""One canned reply to the customers of all tickets that are selected: seen before it is sent."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.bulk_replies import BlockedBy, BulkPreview
from deskapp.domain.ids import CannedId, TicketId
from deskapp.domain.replies import CannedRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import BulkReply, ShellActions
from deskapp.ui.work import Work

_CHECKED = 60  # tickets that are filled in before sending; the rest when their turn comes
_NAMED = 4  # tickets named behind a reason
_PER_MINUTE, _FASTEST = "bulk_reply_per_minute", 600


class BulkReplyDialog(FormDialog):
    """``wanted`` carries a BulkReply once somebody saw what three customers would get."""

    wanted = Signal(object)

    def __init__(
        self, tickets: Sequence[TicketId], work: Work, shell: ShellActions, parent: QWidget
    ) -> None:
        title = self.tr("Reply to %n customer(s)", "", len(tickets))
        super().__init__(title, label_width=110, least_width=620, parent=parent)
        self._tickets, self._work, self._remembered = tickets, work, shell.remembered
        self.canned = form.choice(())
        self.canned.currentIndexChanged.connect(self._chosen)
        self.fields.add(self.tr("Canned reply"), self.canned)
        self.shown = form.paragraph(name=self.tr("What three customers get"), lines=12)
        self.shown.setReadOnly(True)
        self.fields.add(self.tr("Three of them"), self.shown)
        self.blocked = label(tone="warn", wrap=True)
        self.blocked.hide()
        self.fields.add_wide(self.blocked)
        kept = self._remembered.names(_PER_MINUTE)
        pace = int(kept[0]) if kept and kept[0].isdigit() else 30
        self.pace = form.NumberField(min(max(pace, 1), _FASTEST), 1, _FASTEST)
        hint = self.tr("They leave one by one, so that mail servers do not take them for spam.")
        self.fields.add(self.tr("Per minute"), self.pace, hint)
        self.send = push_button(self.tr("Send"), self._send, kind="primary")
        self.send.setEnabled(False)
        self.lay_out(self.send)
        work.ask(lambda desk: desk.canned.list(), self._listed, self.refused, owner=self)

    def _listed(self, rows: tuple[CannedRow, ...]) -> None:
        self.canned.clear()
        for row in rows:
            self.canned.addItem(row.name, row.id)
        if not rows:
            self.say(self.tr("There is no canned reply yet. Write one under Replies first."))

    def _chosen(self) -> None:
        canned: CannedId | None = self.canned.currentData()
        self.send.setEnabled(False)
        if canned is None:
            return
        some = self._tickets[:_CHECKED]
        self.shown.setPlainText(self.tr("Filling it in…"))
        self._work.ask(
            lambda desk: desk.bulk_replies.preview(some, canned),
            self._seen,
            self.refused,
            owner=self,
            topic="preview",
        )

    def _seen(self, seen: BulkPreview) -> None:
        parts = []
        for one in seen.samples:
            to = ", ".join(person.name or person.address for person in one.to)
            head = self.tr("Ticket {number}, to {to}").format(number=one.number, to=to)
            parts.append(f"{head}\n\n{one.text.strip()}")
        self.shown.setPlainText("\n\n――――――\n\n".join(parts))
        self.blocked.setText(self._blocked_words(seen))
        self.blocked.setVisible(bool(seen.blocked))
        unseen = max(0, len(self._tickets) - _CHECKED)
        self.send.setEnabled(bool(seen.ready))
        self.send.setText(self.tr("Send %n mail(s)", "", seen.ready + unseen))

    def _blocked_words(self, seen: BulkPreview) -> str:
        said = []
        for why, count in Counter(one.why for one in seen.blocked).most_common():
            some = [one for one in seen.blocked if one.why is why]
            numbers = ", ".join(str(one.number) for one in some[:_NAMED])
            sentence = self._why(why).format(detail=some[0].detail or "?")
            said.append(self.tr("%n ticket(s) without a mail: {why} ({numbers})", "", count).format(
                why=sentence, numbers=numbers + (" …" if count > _NAMED else "")
            ))  # fmt: skip
        return "\n".join(said)

    def _why(self, why: BlockedBy) -> str:
        return {
            BlockedBy.PLACEHOLDER: self.tr("nothing is known for {detail}"),
            BlockedBy.RECIPIENT: self.tr("there is no address to write to"),
            BlockedBy.DRAFT: self.tr("you are writing an answer of your own there"),
            BlockedBy.NO_MAIL: self.tr("its customer wants no mail"),
            BlockedBy.GONE: self.tr("the ticket was merged or changed"),
            BlockedBy.FAULT: self.tr("the canned reply has a fault"),
        }[why]

    def _send(self) -> None:
        self._remembered.put_names(_PER_MINUTE, [str(self.pace.value())])
        canned: CannedId = self.canned.currentData()
        self.wanted.emit(BulkReply(self._tickets, canned, self.pace.value()))
        self.accept()
