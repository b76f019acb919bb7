"""How the shops of this desk write their order numbers, for every window that marks them.

Asked for once and after each change of orders: a mail is laid out in the window's own thread,
which asks nobody.
"""

from PySide6.QtCore import QObject

from deskapp.domain.changes import Changes
from deskapp.ui.bridge import Bridge
from deskapp.ui.work import LATER, Work

_known: tuple[str, ...] = ()


def known_patterns() -> tuple[str, ...]:
    """For ``find_order_numbers``; none before the desk has told them."""
    return _known


class Patterns(QObject):
    """Learns them as long as ``parent`` lives."""

    def __init__(self, work: Work, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        bridge.changed.connect(self._changed)
        self._ask()

    def _changed(self, changes: Changes) -> None:
        if "orders" in changes.areas:
            self._ask()

    def _ask(self) -> None:
        self._work.ask(
            lambda desk: desk.order_sources.number_patterns(),
            _learn,
            owner=self,
            lane=LATER,
            topic="patterns",
        )


def _learn(patterns: tuple[str, ...]) -> None:
    global _known
    _known = patterns
