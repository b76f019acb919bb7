"""Which version this is, and under what terms."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from deskapp import __version__
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .section import Section, side_by_side


class AboutSection(Section):
    """The facts can be copied for whoever helps; they name nobody."""

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("About deskapp"), self.tr("A helpdesk whose data belongs to the team.")
        )
        self._facts = "\n".join(
            (
                f"deskapp {__version__}",
                f"Qt {qVersion()}",
                f"Python {platform.python_version()}",
                platform.platform(),
            )
        )
        self.column.addWidget(label(self._facts, selectable=True))
        copy = push_button(self.tr("Copy these facts"), self._copy)
        self.column.addWidget(side_by_side(copy))
        self.column.addWidget(
            label(
                self.tr(
                    "deskapp is free under the MIT licence. It uses Qt under the LGPL, version 3, "
                    "as exchangeable libraries, and other free programs; their licences come with "
                    "the program."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.column.addStretch(1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._facts)
        self.shell.tell(self.tr("Copied"))
