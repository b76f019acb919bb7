"""Changing orders at WooCommerce: ``domain.order_acts.OrderActs`` for one shop.

An act is proved by a field of our own that is saved with what it changed; a note by its text, and
a refund by its reason, which is the only text that is saved before the money moves.
"""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from deskapp.domain.shop_address import ShopAddress
from deskapp.web.places import Resolve

from .. import acting
from ..acting import (
    Step,
    absent,
    before_sending,
    invalid,
    known,
    performed,
    too_late,
    unchanged,
)
from ..answers import Json
from ..line import Unclear
from ..shapes import Shape, shape_of
from . import notes, placing, refunds
from .addresses import shipping
from .orders import read_order
from .placing import order_proof, shows
from .session import RestKeys, Session

_KINDS = frozenset(ActKind) - {ActKind.RETURN}  # which only plug-ins know
_ENDED = {
    "cancelled": "order_cancelled",
    "failed": "order_cancelled",
    "trash": "order_cancelled",
    "refunded": "order_refunded",
    "completed": "order_shipped",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One request of REST."""

    method: str
    path: str
    body: Mapping[str, Json]


class WooActs:
    """Takes the same as ``WooOrders``; the key needs Read/Write."""

    def __init__(
        self,
        address: ShopAddress,
        keys: RestKeys,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = acting.now,
    ) -> None:
        self._session, self._now = Session(address, keys, resolve, trust), now

    def can(self) -> frozenset[ActKind]:
        """WooCommerce tells nobody what a key may: an order that no shop has, number 0, is
        changed in nothing, which is refused for want of leave or of the order."""
        self._session.get("/orders", {"per_page": "1"})
        try:
            self._session.change("PUT", "/orders/0", {})
        except Unclear as unclear:
            raise unclear.problem from unclear
        except Problem as problem:
            if problem.kind is ProblemKind.SCOPE_MISSING:
                return frozenset()
            if problem.kind is not ProblemKind.NOT_FOUND:
                raise
        return _KINDS

    def preview(self, act: OrderAct) -> ActPreview:
        with before_sending():
            if isinstance(act, PlaceOrder):
                due, currency = placing.reckoned(self._session, act)
                return ActPreview(None, Decimal(0), due, currency, act.send_invoice)
            shape = self._order(act.order.ref)
            order = read_order(shape)
            unchanged(act.order, order.changed_at)
            nothing = ActPreview(order, Decimal(0), Decimal(0), order.currency, told=False)
            if isinstance(act, RefundOrder):
                most = refunds.left(shape)
                refunds.step(act, shape, "preview")  # refuses as it will
                # The shop writes to the customer of each refund, unless somebody switched it off.
                return replace(nothing, back=act.amount, told=True, most=most)
            if isinstance(act, ChangeNote):
                notes.note(act, "preview")  # refuses as it will
                return nothing
            self._change(act, shape, order, "preview")
            if isinstance(act, CancelOrder):
                return replace(nothing, most=refunds.left(shape))  # it gives nothing back by that
            return nothing

    def perform(self, act: OrderAct, key: str) -> ActReport:
        with before_sending():
            step = self._step(act, key)
        report = performed(self._send, step, lambda: self._found(act, key))
        if isinstance(act, PlaceOrder) and act.send_invoice and report.end is ActEnd.DONE:
            return placing.invoiced(self._session, report)
        return report

    def outcome(
        self, act: OrderAct, key: str, sent_at: datetime | None = None, ref: str = ""
    ) -> ActReport:
        now = self._now()
        with before_sending():
            return self._found(act, key, sent_at) or absent(sent_at, now)

    def _found(self, act: OrderAct, key: str, sent_at: datetime | None = None) -> ActReport | None:
        if isinstance(act, PlaceOrder):
            return placing.found(self._session, key, sent_at)
        if isinstance(act, ChangeNote):
            return notes.found(self._session, act, key)
        shape = self._order(act.order.ref)
        if isinstance(act, RefundOrder):
            return refunds.found(self._session, shape, act, key)
        if shows(shape, key):
            return ActReport(ActEnd.DONE, shape.text("id"))
        if isinstance(act, CancelOrder) and shape.text("status") == "cancelled":
            return ActReport(ActEnd.UNCLEAR, shape.text("id"))  # by whom, nobody tells
        return None

    def _step(self, act: OrderAct, key: str) -> Step[Change]:
        if isinstance(act, PlaceOrder):
            return Step(
                Change("POST", "/orders", placing.order(self._session, act, key)), placing.read
            )
        shape = self._order(act.order.ref)
        order = read_order(shape)
        unchanged(act.order, order.changed_at)
        if isinstance(act, RefundOrder):
            path = f"/orders/{order.ref}/refunds"
            body, read = refunds.step(act, shape, key)
            return Step(Change("POST", path, body), read)
        if isinstance(act, ChangeNote):
            path = f"/orders/{order.ref}/notes"
            return Step(Change("POST", path, notes.note(act, key)), notes.reading(key))
        body = self._change(act, shape, order, key)

        def changed(answer: Shape) -> ActReport:
            done = answer.text("id") == order.ref and shows(answer, key)
            return ActReport(ActEnd.DONE if done else ActEnd.UNCLEAR, answer.text("id"))

        return Step(Change("PUT", f"/orders/{order.ref}", body), changed)

    def _change(
        self,
        act: ChangeAddress | CancelOrder | ReturnItems,
        shape: Shape,
        order: OrderData,
        key: str,
    ) -> Mapping[str, Json]:
        proved: dict[str, Json] = {"meta_data": order_proof(key)}
        if isinstance(act, ReturnItems):
            raise invalid("act_kind", ActKind.RETURN)
        if ended := _ENDED.get(shape.text("status")):
            raise too_late(ended)
        if order.shipments:
            raise too_late("order_shipped")
        if isinstance(act, CancelOrder):
            return {"status": "cancelled", **proved}
        return {"shipping": shipping(act.ship_to, shape.shape("shipping")), **proved}

    def _send(self, change: Change) -> Shape:
        return self._session.change(change.method, change.path, change.body)

    def _order(self, ref: str) -> Shape:
        if not ref.isdecimal():
            raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
        return known(shape_of(self._session.get(f"/orders/{ref}", {}).data), "id", ref)
