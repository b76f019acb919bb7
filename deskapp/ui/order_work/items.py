"""The lines of an order with how many of each are meant."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from deskapp.domain.order_acts import Pieces
from deskapp.domain.orders import OrderLine
from deskapp.domain.return_cases import Condition, ReturnItem, plain_number
from deskapp.domain.return_rules import line_key
from deskapp.ui.pieces import form
from deskapp.ui.pieces.labels import ElidedLabel, label

from .words import condition


class ItemsTable(QWidget):
    """``gone``: pieces of each line that were returned before; those are not offered again."""

    def __init__(
        self,
        lines: Sequence[OrderLine],
        gone: Mapping[str, Decimal],
        kept: Sequence[ReturnItem] = (),
        *,
        goods: bool = True,
    ) -> None:
        super().__init__()
        self._lines, self._counts = tuple(lines), list[form.NumberField]()
        self._states, self._instead = list[QComboBox](), list[QLineEdit]()
        self._goods = goods
        before = {one.line_key: one for one in kept}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for row, line in enumerate(self._lines):
            left = max(line.quantity - gone.get(line_key(line), Decimal(0)), Decimal(0))
            mine = before.get(line_key(line))
            begun = int(mine.quantity) if mine else 0
            said = self.tr("Pieces of {title}").replace("{title}", line.title or line.sku)
            count = form.NumberField(begun, 0, int(left), said)
            count.setFixedWidth(52)
            count.setEnabled(left > 0)
            of = self.tr("of {count}").replace("{count}", plain_number(left))
            grid.addWidget(count, row * 2, 0)
            grid.addWidget(label(of, tone="muted"), row * 2, 1)
            grid.addWidget(ElidedLabel(line.title or line.sku), row * 2, 2)
            self._counts.append(count)
            if goods:
                self._add_state(grid, row, line, mine, left > 0)

    def _add_state(
        self,
        grid: QGridLayout,
        row: int,
        line: OrderLine,
        mine: ReturnItem | None,
        offered: bool,
    ) -> None:
        named = line.title or line.sku
        state = form.choice(
            [(condition(one), one) for one in Condition],
            mine.condition if mine else Condition.UNKNOWN,
            name=self.tr("Condition of {title}").replace("{title}", named),
        )
        instead = form.line(
            mine.instead if mine else "",
            name=self.tr("Instead of {title}").replace("{title}", named),
            placeholder=self.tr("sent instead, if anything"),
        )
        state.setFixedWidth(170)
        for part in (state, instead):
            part.setEnabled(offered)
        grid.addWidget(state, row * 2, 3)
        grid.addWidget(instead, row * 2 + 1, 2, 1, 2)
        self._states.append(state)
        self._instead.append(instead)

    def items(self) -> tuple[ReturnItem, ...]:
        """Those of which pieces are meant."""
        found = []
        for place, (line, count) in enumerate(zip(self._lines, self._counts, strict=True)):
            if not count.value():
                continue
            state, instead = Condition.UNKNOWN, ""
            if self._goods:
                state = Condition(self._states[place].currentData())
                instead = self._instead[place].text()
            title, number = line.title or line.sku, Decimal(count.value())
            found.append(ReturnItem(title, number, line.sku, line_key(line), state, instead))
        return tuple(found)

    def stated(self) -> object:
        return self.of_items(self.items())

    def of_items(self, items: Sequence[ReturnItem]) -> tuple[tuple[str, int, str, str], ...]:
        """What its fields show of these."""
        by_key = {one.line_key: one for one in items}
        found = (by_key.get(line_key(line)) for line in self._lines)
        return tuple(
            (one.line_key, int(one.quantity), str(one.condition), one.instead)
            for one in found
            if one is not None
        )

    def state(self, value: object) -> None:
        told = {one[0]: one for one in cast("tuple[tuple[str, int, str, str], ...]", value)}
        for place, line in enumerate(self._lines):
            _, count, state, instead = told.get(line_key(line), ("", 0, "", ""))
            self._counts[place].set_value(count)
            if self._goods:
                form.choose(self._states[place], Condition(state))
                self._instead[place].setText(instead)

    def stated_words(self, value: object) -> str:
        titles = {line_key(line): line.title or line.sku for line in self._lines}
        lines = []
        for key, count, state, instead in cast("tuple[tuple[str, int, str, str], ...]", value):
            more = [condition(Condition(state)) if state else "", instead]
            lines.append(" · ".join(filter(None, (f"{count} × {titles[key]}", *more))))
        return "\n".join(lines)

    def pieces(self) -> tuple[Pieces, ...]:
        """The same as the shop names them."""
        return tuple(
            Pieces(line.ref, Decimal(count.value()))
            for line, count in zip(self._lines, self._counts, strict=True)
            if count.value() and line.ref
        )

    def by_sku(self) -> tuple[Pieces, ...]:
        """The same by article number, for a new order."""
        return tuple(
            Pieces(line.sku, Decimal(count.value()))
            for line, count in zip(self._lines, self._counts, strict=True)
            if count.value() and line.sku
        )
