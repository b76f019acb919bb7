"""The guard before another person's order gets into an answer: said in words, asked once."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from deskapp.domain.order_card import ShownOrder, Whose
from deskapp.ui.translatable import N

_SAID = {
    Whose.OTHER: N("StrangeOrder", "Belongs to {owner}, not to this customer."),
    Whose.COMPANY: N("StrangeOrder", "Ordered by {owner}, of the same company."),
    Whose.NOBODY: N("StrangeOrder", "Whose it is cannot be told: no mail, no phone."),
}
_NAMELESS = N("StrangeOrder", "Belongs to somebody else, not to this customer.")


def strange_words(shown: ShownOrder) -> str:
    """Whose it is, in a sentence; "" for an order of the ticket's own customer."""
    if shown.whose is Whose.THEIRS:
        return ""
    said = _SAID[shown.whose] if shown.owner or shown.whose is Whose.NOBODY else _NAMELESS
    return _tr(said).replace("{owner}", shown.owner)


def when_sure(parent: QWidget, shown: ShownOrder, act: Callable[[], object]) -> None:
    """Does it at once with the customer's own order, and after a yes with another's."""
    if not shown.strange:
        act()
        return
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_tr(N("StrangeOrder", "Another person's order?")))
    box.setText(
        _tr(N("StrangeOrder", "Use order {number} in this answer?")).replace(
            "{number}", shown.detail.row.number
        )
    )
    box.setInformativeText(
        strange_words(shown)
        + " "
        + _tr(N("StrangeOrder", "The answer would tell this customer about it."))
    )
    use = box.addButton(
        _tr(N("StrangeOrder", "Use it all the same")), QMessageBox.ButtonRole.AcceptRole
    )
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    use.clicked.connect(act)
    box.open()


def _tr(said: str) -> str:
    return QCoreApplication.translate("StrangeOrder", said)
