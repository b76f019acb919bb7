"""All keys on one sheet, read from the menus, so that none can be forgotten."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QMenu,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from .pieces.labels import label


class ShortcutsDialog(QDialog):
    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(4)
        line = 0
        for title in bar.actions():
            menu = title.menu()
            if not isinstance(menu, QMenu) or not any(_key(one) for one in menu.actions()):
                continue
            grid.addWidget(label(title.text(), size="group"), line, 0)
            line += 1
            for action in menu.actions():
                if key := _key(action):
                    grid.addWidget(label(action.text()), line, 0)
                    grid.addWidget(label(key, tone="muted"), line, 1)
                    line += 1
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(buttons)


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
