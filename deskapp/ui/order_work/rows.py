"""One line for each return case, form or act: what it is, how it stands, and a way to open it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.act_states import ActState, ActWhy
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_forms import OrderForm
from deskapp.domain.return_cases import RefundState, ReturnCase
from deskapp.ui import text
from deskapp.ui.order_events import act_kind, return_state
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label

from .opening import Opening
from .words import act_sentence, act_state, form_kind, form_state, refund_state, return_kind

_QUIET = (ActWhy.WITHDRAWN, ActWhy.DECLINED, ActWhy.EXPIRED)


@dataclass(frozen=True, slots=True)
class Line:
    """``detail`` stands below, in the chip's tone where something is to be done about it."""

    title: str
    chip: str
    tone: str
    detail: str
    open: Callable[[], object]
    urgent: bool = False


class Lines(QWidget):
    """As many lines as there are; hidden where there is none."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._title = title
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        clear(self._column)
        if self._title and lines:
            self._column.addWidget(label(self._title, size="group"))
        for line in lines:
            self._column.addWidget(_Row(line))
        self.setVisible(bool(lines))


class _Row(Card):
    def __init__(self, line: Line) -> None:
        super().__init__(edge=line.tone if line.urgent else "")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 7)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(ElidedLabel(line.title, size="strong"), 1)
        opens = push_button(_tr("Open"), line.open, kind="link")
        opens.setAccessibleName(_tr("Open {what}").replace("{what}", line.title))
        head.addWidget(opens)
        column.addLayout(head)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(Chip(line.chip, tone=line.tone))
        below.addStretch(1)
        column.addLayout(below)
        if line.detail:
            tone = line.tone if line.urgent else "muted"
            column.addWidget(label(line.detail, tone=tone, size="small", wrap=True))


def return_lines(cases: Sequence[ReturnCase], to: Opening, today: date) -> list[Line]:
    """Open cases with their next day; closed ones last and quiet."""
    return [_return(one, to, today) for one in cases]


def form_lines(forms: Sequence[OrderForm], to: Opening) -> list[Line]:
    return [_form(one, to) for one in forms]


def act_lines(acts: Sequence[ActRow], to: Opening) -> list[Line]:
    """What is under way, what went wrong, what was done; nothing of what nobody wants any more."""
    return [_act(one, to) for one in acts if one.why not in _QUIET]


def _return(one: ReturnCase, to: Opening, today: date) -> Line:
    late = one.is_late(today)
    parts = []
    if one.deadline is not None and one.closed_at is None:
        said = _tr("expected by {day}, which has gone by") if late else _tr("expected by {day}")
        parts.append(said.replace("{day}", text.calendar_day(one.deadline)))
    if one.refund_state is not RefundState.NONE and one.refund_amount is not None:
        money = text.money(one.refund_amount, one.refund_currency)
        parts.append(f"{money} {refund_state(one.refund_state)}")
    if one.tracking_number:
        parts.append(" ".join(filter(None, (one.carrier, one.tracking_number))))
    tone = "bad" if late else "muted" if one.closed_at is not None else "warn"
    about = " · ".join(filter(None, (one.order_number, one.customer)))
    title = f"{return_kind(one.kind)} {one.name}"
    return Line(
        f"{title} · {about}" if about else title,
        return_state(one.state),
        tone,
        " · ".join(parts),
        lambda: to.open_return(one.id),
        late,
    )


def _form(one: OrderForm, to: Opening) -> Line:
    chip, tone = form_state(one)
    named = f"{form_kind(one.text.kind)} {one.text.order_number}".rstrip()
    detail = _tr("asked of {who}").replace("{who}", one.asked_of) if one.asked_of else ""
    return Line(named, chip, tone, detail, lambda: to.open_form(one.id))


def _act(one: ActRow, to: Opening) -> Line:
    chip, tone = act_state(one)
    urgent = one.state in (ActState.UNCLEAR, ActState.NOT_DONE, ActState.UNDER_WAY)
    said = act_kind(one.kind)
    money = text.money(one.amount, one.currency)
    named = " ".join(filter(None, (f"{said[:1].upper()}{said[1:]}", money, one.order_number)))
    told = act_sentence(one) if urgent or one.state is ActState.WAITING else ""
    return Line(named, chip, tone, told, lambda: to.open_act(one.id), urgent)


def _tr(said: str) -> str:
    return QCoreApplication.translate("OrderWorkRows", said)
