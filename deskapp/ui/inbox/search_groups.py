"""The line above the tickets of a search: customers, orders and canned replies found too."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.domain.search_answers import HIT_END, HIT_START, Found, SearchGroups
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions

_WIDEST = 220
_OF_EACH = 3
_UNMARKED = str.maketrans("", "", HIT_START + HIT_END)


class GroupsLine(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shell = shell
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 6, 8, 8)
        self._rows.setSpacing(4)
        self.hide()

    def show_groups(self, groups: SearchGroups) -> None:
        """Another search's answers."""
        clear(self._rows)
        self._say(groups.as_text)
        self._say_indexed(groups.indexed)
        self._group(self.tr("Customers"), groups.customers)
        self._group(self.tr("Orders"), groups.orders)
        self._group(self.tr("Canned replies"), groups.canned)
        self.setVisible(self._rows.count() > 0)

    def _say(self, names: Sequence[str]) -> None:
        if names:
            said = self.tr("{names} is no operator with that value: searched as text.")
            told = said.replace("{names}", ", ".join(names))
            self._rows.addWidget(label(told, tone="muted", size="small", wrap=True))

    def _say_indexed(self, percent: int | None) -> None:
        """What is not found now may be found later: that is said before somebody believes it."""
        if percent is not None:
            said = self.tr("Older mail is still being indexed ({percent} %): not all is found yet.")
            told = said.replace("{percent}", str(percent))
            self._rows.addWidget(label(told, tone="muted", size="small", wrap=True))

    def _group(self, title: str, found: Sequence[Found]) -> None:
        if not found:
            return
        line = QWidget()
        flow = FlowLayout(parent=line)
        flow.addWidget(label(title, tone="muted", size="small"))
        for one in found[:_OF_EACH]:
            button = push_button("", partial(self._open, one))
            metrics = button.fontMetrics()
            shown = metrics.elidedText(one.subject, Qt.TextElideMode.ElideRight, _WIDEST)
            button.setText(shown.replace("&", "&&"))
            button.setAccessibleName(f"{title}: {one.subject}")
            button.setToolTip(one.snippet.translate(_UNMARKED))
            flow.addWidget(button)
        self._rows.addWidget(line)

    def _open(self, one: Found) -> None:
        if one.kind == "customer":
            self._shell.open_customer(one.ref_id)
        elif one.kind == "order":
            self._shell.open_order(one.subject)
        else:
            self._shell.open_canned(one.ref_id)
