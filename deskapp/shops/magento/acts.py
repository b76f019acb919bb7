"""Changing orders at Magento and Adobe Commerce: ``domain.order_acts.OrderActs`` for one shop.

Comments, credit memos and returns carry the act's signature in a text for staff. An address and
a cancelled order have no place for one: they count as done when the order stands as asked.
Magento's REST makes no order that a customer could pay from a link.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from deskapp.domain.order_acts import (
    ActEnd,
    ActKind,
    ActPreview,
    ActReport,
    CancelOrder,
    ChangeAddress,
    ChangeNote,
    OrderAct,
    PlaceOrder,
    RefundOrder,
    ReturnItems,
)
from deskapp.domain.orders import OrderData
from deskapp.domain.problem import Problem, ProblemKind

from .. import acting
from ..acting import Step, absent, before_sending, invalid, performed, unchanged
from ..line import Unclear
from ..shapes import Shape
from . import changes, refunds, returns
from .changes import Change
from .session import Search, Session
from .source import MagentoOrders

_NO_LEAVE = (ProblemKind.SCOPE_MISSING, ProblemKind.SIGN_IN_REFUSED)
_NOTHING = (ProblemKind.NOT_FOUND, ProblemKind.SERVER_REFUSED)
# Asked of order 0, which no shop has, and with nothing in it: a key without leave is told so first.
_PROBES = {
    ActKind.NOTE: Change("POST", "/orders/0/comments", {}),
    ActKind.ADDRESS: Change("PUT", "/orders/0", {}),
    ActKind.CANCEL: Change("POST", "/orders/0/cancel", {}),
    ActKind.REFUND: Change("POST", "/order/0/refund", {}),
}


class MagentoActs:
    """Each act is one request; what stands in the order is asked for before it."""

    def __init__(self, session: Session, now: Callable[[], datetime] = acting.now) -> None:
        self._session, self._now = session, now

    def can(self) -> frozenset[ActKind]:
        """Returns are there in Adobe Commerce only."""
        newest = Search((), "entity_id", True, 1).parameters
        self._session.get("/orders", newest)
        kinds = {kind for kind, probe in _PROBES.items() if self._may(probe)}
        try:
            self._session.get("/returns", newest)
            kinds.add(ActKind.RETURN)
        except Problem as problem:
            if problem.kind not in (*_NO_LEAVE, ProblemKind.NOT_FOUND):
                raise
        return frozenset(kinds)

    def preview(self, act: OrderAct) -> ActPreview:
        with before_sending():
            if isinstance(act, PlaceOrder):
                raise invalid("act_kind", ActKind.PLACE)
            shape = changes.standing(self._session, act.order.ref)
            order = self._order(act.order.ref)
            self._step_of(act, shape, "preview")  # refuses as it will
            most = refunds.left(shape)
            zero = Decimal(0)
            nothing = ActPreview(order, zero, zero, order.currency, False, most)
            if isinstance(act, RefundOrder):
                return replace(nothing, back=act.amount, told=act.tell_customer)
            if isinstance(act, ReturnItems):
                return replace(nothing, told=True)  # by the shop's settings; money comes later
            return nothing

    def perform(self, act: OrderAct, key: str) -> ActReport:
        with before_sending():
            if isinstance(act, PlaceOrder):
                raise invalid("act_kind", ActKind.PLACE)
            step = self._step_of(act, changes.standing(self._session, act.order.ref), key)
        report = performed(self._send, step, lambda: self._found(act, key))
        if isinstance(act, RefundOrder) and report.end is ActEnd.DONE:
            return refunds.counted(self._session, act, key, report)
        return report

    def outcome(
        self, act: OrderAct, key: str, sent_at: datetime | None = None, ref: str = ""
    ) -> ActReport:
        now = self._now()
        with before_sending():
            if isinstance(act, PlaceOrder):
                raise invalid("act_kind", ActKind.PLACE)
            return self._found(act, key) or absent(sent_at, now)

    def _found(
        self,
        act: ChangeNote | ChangeAddress | CancelOrder | RefundOrder | ReturnItems,
        key: str,
    ) -> ActReport | None:
        if isinstance(act, RefundOrder):
            return refunds.found(self._session, act, key)
        if isinstance(act, ReturnItems):
            return returns.found(self._session, act, key)
        return changes.found(self._session, act, key)

    def _step_of(
        self,
        act: ChangeNote | ChangeAddress | CancelOrder | RefundOrder | ReturnItems,
        shape: Shape,
        key: str,
    ) -> Step[Change]:
        unchanged(act.order, shape.instant("updated_at"))
        if isinstance(act, RefundOrder):
            return refunds.step(self._session, act, shape, key)
        if isinstance(act, ReturnItems):
            return returns.step(self._session, act, shape, key)
        return changes.step(act, shape, key)

    def _send(self, change: Change) -> Shape:
        return self._session.change(change.method, change.path, change.body)

    def _may(self, probe: Change) -> bool:
        try:
            self._send(probe)
        except Unclear as unclear:
            raise unclear.problem from unclear
        except Problem as problem:
            if problem.kind in _NO_LEAVE:
                return False
            if problem.kind not in _NOTHING:
                raise
        return True

    def _order(self, ref: str) -> OrderData:
        for order in MagentoOrders(self._session).order(ref).orders:
            return order
        raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
