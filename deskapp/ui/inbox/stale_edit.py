"""Asks where somebody else set a fact of a ticket after it was seen here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.kinds import EventKind
from deskapp.domain.stale import Clash
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.pieces.asked_both import AskedBoth
from deskapp.ui.pieces.conflict import Difference

from .edit_words import fact_name, now_words, seen_words, wanted_words

_SHOWN = 40  # tickets: nobody decides about more one by one


class StaleEdit(AskedBoth):
    """``mine``: set it all the same, with the ids. Closing it leaves what colleagues set.

    ``named``: what an agent, a team or a label of the edit is called, by the fact. ``several``:
    these are some of those that were to be set, and the others are.
    """

    mine = Signal(object)

    def __init__(
        self,
        edit: TicketEdit,
        clashes: Sequence[Clash],
        named: Callable[[EventKind], str],
        parent: QWidget | None = None,
        *,
        several: bool = False,
    ) -> None:
        super().__init__(parent)
        self._ids = list(dict.fromkeys(clash.ticket for clash in clashes))
        self.card.name(*self._words(len(self._ids), several=several))
        self.ask(
            tuple(
                Difference(
                    self._field(clash, several=several),
                    now_words(clash),
                    wanted_words(clash.fact, edit, named(clash.fact)),
                    seen_words(clash),
                    clash.who,
                    clash.at,
                )
                for clash in clashes[:_SHOWN]
            )
        )
        self.accepted.connect(self._set_mine)

    def _words(self, count: int, *, several: bool) -> tuple[str, str, str]:
        if not several:
            said = self.tr(
                "Somebody else set this after you saw it. Nothing of theirs was overwritten."
            )
            return said, self.tr("Set mine"), self.tr("Leave theirs")
        said = self.tr(
            "%n ticket(s) were changed by somebody else after you saw them, and were left as they "
            "are. The others are done.",
            "",
            count,
        )
        return said, self.tr("Set mine on these too"), self.tr("Leave them")

    def _field(self, clash: Clash, *, several: bool) -> str:
        name = fact_name(clash.fact)
        return f"{clash.number} · {name}" if several else name

    def _set_mine(self) -> None:
        self.mine.emit(self._ids)
