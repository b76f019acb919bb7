"""How far a move is: each step's rows, and the share of the whole by what a row costs there."""

from collections.abc import Callable, Mapping

from deskapp.domain.desk_move import MoveProgress, MoveStep

Told = Callable[[MoveProgress], None]
"""Hears how far it is, some times a second and more. What it raises ends the move."""

_COSTS: dict[MoveStep, float] = {"read": 1, "copy": 3, "index": 25, "prove": 1}
"""Of one row, as measured: to fold a message for the search is the most of it."""


class Pace:
    """``rows`` by table, as they stand where the desk moves from."""

    def __init__(self, rows: Mapping[str, int], told: Told, *, try_only: bool = False) -> None:
        indexed = rows["search_row"]
        kept = sum(rows.values()) - indexed
        self._rows: dict[MoveStep, int] = {"copy": kept, "index": indexed, "prove": 2 * kept}
        if try_only:
            self._rows = {"read": kept}
        self._done: dict[MoveStep, int] = dict.fromkeys(self._rows, 0)
        self._whole = self._cost(self._rows) or 1.0
        self._told = told

    def _cost(self, rows: Mapping[MoveStep, int]) -> float:
        return sum((_COSTS[step] * count for step, count in rows.items()), 0.0)

    def add(self, step: MoveStep, table: str, rows: int) -> None:
        """``rows`` more of this step are done."""
        self._done[step] += rows
        share = self._cost(self._done) / self._whole
        # A search that had fallen behind is built with more rows than it had.
        rows = max(self._done[step], self._rows[step])
        self._told(MoveProgress(step, table, self._done[step], rows, min(share, 1.0)))
