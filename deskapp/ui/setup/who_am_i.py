"""Which of the desk's agents sits at this computer; asked once, when it is not clear."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog, QWidget

from deskapp.domain.people import AgentRow


def who_am_i(agents: Sequence[AgentRow], parent: QWidget | None = None) -> AgentRow | None:
    """The only agent, or the one a person chooses; None when there is none or they would not say.

    Without an agent the windows work, but what is done bears no name and nothing is marked read.
    """
    active = [agent for agent in agents if agent.active]
    if len(active) < 2:
        return active[0] if active else None
    names = [agent.name for agent in active]
    chosen, said = QInputDialog.getItem(
        parent,
        QCoreApplication.translate("WhoAmI", "Who are you?"),
        QCoreApplication.translate("WhoAmI", "Replies and notes will bear this name."),
        names,
        0,
        False,
    )
    return active[names.index(chosen)] if said else None
