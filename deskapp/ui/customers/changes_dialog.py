"""What people changed in a customer's record: from what to what, who and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.people import FieldChange
from deskapp.ui import text
from deskapp.ui.pieces.labels import label, plain_tip


class ChangesDialog(QDialog):
    def __init__(self, changes: Sequence[FieldChange], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What was changed"))
        self.resize(720, 420)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.windowTitle())
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels(
            [self.tr("When"), self.tr("Who"), self.tr("Field"), self.tr("From"), self.tr("To")]
        )
        nothing = self.tr("(empty)")
        for one in changes:
            cells = [
                f"{text.day(one.at)} {text.clock(one.at)}",
                one.agent_name,
                one.field if one.own else self._name(one.field),
                " ".join(one.old.split()) or nothing,
                " ".join(one.new.split()) or nothing,
            ]
            item = QTreeWidgetItem(self.list, cells)
            for place, whole in ((3, one.old), (4, one.new)):
                item.setToolTip(place, plain_tip(whole))
        for place in range(3):
            self.list.resizeColumnToContents(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        if not changes:
            column.addWidget(label(self.tr("Nobody changed anything yet."), tone="muted"))
        column.addWidget(self.list, 1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column.addWidget(close)

    def _name(self, field: str) -> str:
        names = {
            "name": self.tr("Name"),
            "family_name": self.tr("Family name"),
            "given_name": self.tr("Given name"),
            "call_name": self.tr("Called"),
            "honorific": self.tr("Form of address"),
            "language": self.tr("Language"),
            "time_zone": self.tr("Time zone"),
            "country": self.tr("Country"),
            "company": self.tr("Company"),
            "must_know": self.tr("Must know"),
            "vip": self.tr("VIP"),
        }
        return names.get(field, field)
