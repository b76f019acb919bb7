"""A small window that asks where somebody else set something after it was seen here."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deskapp.domain.last_edits import LastEdit

from .conflict import ConflictCard, Difference

_WIDE, _TALLEST = 620, 300  # pixels; the values are no taller


class AskedBoth(QDialog):
    """``card`` wants words and values; closing it leaves what colleagues set."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("Changed meanwhile"))
        self.card = ConflictCard(tallest=_TALLEST)
        self.card.keep_mine.connect(self.accept)
        self.card.take_theirs.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.card)
        self.setMinimumWidth(_WIDE)

    def ask(self, differences: tuple[Difference, ...]) -> None:
        """Shows them; what changes nothing is what Enter means."""
        self.card.show_both(differences)
        self.card.theirs.setDefault(True)
        self.card.theirs.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Now that its fonts are known it is as tall as its words need."""
        super().showEvent(event)
        if not event.spontaneous() and (layout := self.layout()) is not None:
            margins = layout.contentsMargins()
            self.card.fit(_WIDE - margins.left() - margins.right())
            layout.activate()
            self.resize(_WIDE, layout.totalHeightForWidth(_WIDE))


def ask_both(
    parent: QWidget, one: Difference, last: LastEdit | None, mine: Callable[[], None]
) -> AskedBoth:
    """Asks about one setting that is stored at once when it is chosen. ``mine``: sets ours all the
    same."""
    dialog = AskedBoth(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.card.name(
        _tr("Somebody else set this after you saw it. Nothing of theirs was overwritten."),
        _tr("Set mine"),
        _tr("Leave theirs"),
    )
    dialog.ask((one.told_by(last),))
    dialog.accepted.connect(mine)
    dialog.open()
    return dialog


def _tr(said: str) -> str:
    return QCoreApplication.translate("StaleEdit", said)
