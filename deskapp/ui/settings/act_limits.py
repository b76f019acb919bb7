"""What may be done to orders in their shops from here, by whom and how much."""

from deskapp.ui.order_work.limits_part import LimitsPart
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .section import Section


class ActLimitsSection(Section):
    """Off and at nothing until an admin says otherwise."""

    areas = frozenset({"acts", "order_sources", "orders", "agents", "desk"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Acts in shops"),
            self.tr(
                "Whatever is not ticked cannot be done from here. Each act is previewed, typed, "
                "told on its ticket and kept in the audit."
            ),
        )
        self._part = LimitsPart(work, shell)
        self.column.addWidget(self._part)
        self.column.addStretch(1)

    def read_again(self) -> None:
        self._part.read_again()
