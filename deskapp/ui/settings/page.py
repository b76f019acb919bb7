"""The Settings page: sections at the left, the chosen one beside them."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from deskapp.domain.changes import Changes
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .about import AboutSection
from .act_limits import ActLimitsSection
from .agents import AgentsSection
from .appearance import AppearanceSection
from .assignment import AssignmentSection
from .data_folder import DataFolderSection
from .fields import FieldsSection
from .filing import FilingSection
from .keys import KeysSection
from .labels import LabelsSection
from .mailboxes import MailboxesSection
from .notices import NoticesSection
from .order_sources import OrderSourcesSection
from .section import WIDEST, Section
from .signatures import SignaturesSection
from .tags import TagsSection
from .teams import TeamsSection
from .working_days import WorkingDaysSection

SECTIONS_WIDTH, _ROW = 196, 28
_MAKERS: dict[str, Callable[[Work, ShellActions], Section]] = {
    "mailboxes": MailboxesSection,
    "orders": OrderSourcesSection,
    "agents": AgentsSection,
    "teams": TeamsSection,
    "assignment": AssignmentSection,
    "signatures": SignaturesSection,
    "labels": LabelsSection,
    "tags": TagsSection,
    "fields": FieldsSection,
    "filing": FilingSection,
    "days": WorkingDaysSection,
    "shops": ActLimitsSection,
    "appearance": AppearanceSection,
    "keys": KeysSection,
    "notices": NoticesSection,
    "data": DataFolderSection,
    "about": AboutSection,
}


class SettingsPage(QWidget):
    """A section is made when it is first shown, and read again whenever it is."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._sections: dict[str, Section] = {}
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setProperty("role", "sections")
        self.list.setAccessibleName(self.tr("Sections of the settings"))
        self.list.setFixedWidth(SECTIONS_WIDTH)
        self.list.setViewportMargins(8, 12, 8, 8)
        titles = {
            "mailboxes": self.tr("Mailboxes"),
            "orders": self.tr("Orders"),
            "agents": self.tr("Agents"),
            "teams": self.tr("Teams"),
            "assignment": self.tr("Assignment"),
            "signatures": self.tr("Signature"),
            "labels": self.tr("Statuses"),
            "tags": self.tr("Tags"),
            "fields": self.tr("Customer fields"),
            "filing": self.tr("Mail in"),
            "days": self.tr("Working days"),
            "shops": self.tr("Acts in shops"),
            "appearance": self.tr("Appearance"),
            "keys": self.tr("Keys"),
            "notices": self.tr("Notices"),
            "data": self.tr("Data"),
            "about": self.tr("About"),
        }
        for name in _MAKERS:
            item = QListWidgetItem(titles[name], self.list)
            item.setSizeHint(QSize(0, _ROW))
        line = QWidget()
        line.setProperty("role", "upright")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(line)
        row.addWidget(self._stack, 1)
        self.list.currentRowChanged.connect(self._chosen)
        bridge.changed.connect(self._changed)
        self.list.setCurrentRow(0)

    def show_section(self, name: str) -> Section:
        """Brings a section to the front. Raises KeyError for an unknown name."""
        if name not in self._sections:
            made = _MAKERS[name](self._work, self._shell)
            self._sections[name] = made
            self._stack.addWidget(
                Scrolled(made, role="surface", margins=(32, 24, 32, 24), widest=WIDEST)
            )
        section = self._sections[name]
        self.list.blockSignals(True)
        self.list.setCurrentRow(list(_MAKERS).index(name))
        self.list.blockSignals(False)
        self._stack.setCurrentIndex(list(self._sections).index(name))
        section.read_again()
        return section

    def focus_list(self) -> None:
        """Called when the search field is left downwards."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self.show_section(list(_MAKERS)[row])

    def _changed(self, changes: Changes) -> None:
        for section in self._sections.values():
            section.changed(changes)
