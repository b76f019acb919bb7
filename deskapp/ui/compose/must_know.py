"""What to know of a customer before one word is written, above the text itself."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskapp.domain.ids import CustomerId
from deskapp.domain.people import CustomerRecord
from deskapp.ui.announce import announce
from deskapp.ui.pieces.buttons import IconButton
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label, plain_tip
from deskapp.ui.there_now import day_there

_MOST_LINES = 5  # the whole is in the tool tip and in the record
_BESIDE_WORDS = 56  # px: the edges and the button


class MustKnowLine(Card):
    """Stands there until it was read: closed, it comes back with another customer, or when what
    it says has changed. A screen reader hears it once for each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("note", "note_edge", parent)
        self._customer: CustomerId | None = None
        self._said, self._read = "", ""
        self.words = label(wrap=True, selectable=True)
        self.close_button = IconButton("close", self.tr("I have read this"))
        self.close_button.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_customer(self, record: CustomerRecord | None) -> None:
        """``record`` of the ticket's customer, None for nobody."""
        one = None if record is None else record.row.id
        said = "" if record is None else "\n".join(self._lines(record))
        if one != self._customer:
            self._customer, self._read = one, ""
        elif said == self._said:
            return
        self._said = said
        self.words.setToolTip(plain_tip(said))
        self._fit()
        self.setAccessibleName(said)
        self.setVisible(bool(said) and said != self._read)
        if said and said != self._read:
            announce(self, said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As much of it as a few lines hold; the label says how tall these are, else they would
        be cut where the window is low."""
        most = _MOST_LINES * self.words.fontMetrics().lineSpacing() + 2
        low, high = 0, len(self._said)
        while low < high:  # the longest beginning that is not too tall
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._tall(middle) <= most else (low, middle - 1)
        self.words.setMinimumHeight(0)
        self.words.setMinimumHeight(max(0, self._tall(low)))

    def _tall(self, letters: int) -> int:
        """Pixels of the first letters, which the label then shows."""
        whole = letters >= len(self._said)
        self.words.setText(self._said if whole else self._said[:letters].rstrip() + " …")
        self.words.setMinimumHeight(0)
        return self.words.heightForWidth(max(self.width() - _BESIDE_WORDS, 1))

    def _close(self) -> None:
        self._read = self._said
        self.hide()

    def _lines(self, record: CustomerRecord) -> list[str]:
        said = [refused] if (refused := no_mail_words(self, record)) else []
        if record.row.must_know:
            said.append(self.tr("Must know: {note}").replace("{note}", record.row.must_know))
        if record.company_must_know:
            company = self.tr("{company}: {note}").replace("{company}", record.company)
            said.append(company.replace("{note}", record.company_must_know))
        return said


def no_mail_words(owner: QWidget, record: CustomerRecord) -> str:
    """That a customer wants no mail, until when and why, in a line; "" for one who said nothing."""
    no_mail = record.no_mail
    if no_mail is None:
        return ""
    if no_mail.until is not None:
        until = day_there(no_mail.until, record.time_zone)
        said = owner.tr("Wants no mail until {date}: only answer what they ask.")
        said = said.replace("{date}", until)
    else:
        said = owner.tr("Wants no mail: only answer what they ask.")
    return f"{said} {no_mail.reason}".rstrip()
