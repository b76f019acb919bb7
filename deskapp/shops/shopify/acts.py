"""Changing orders at Shopify: ``domain.order_acts.OrderActs`` for one shop."""

from collections.abc import Callable
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
from ..acting import Step, absent, before_sending, performed
from ..shapes import Shape
from . import changes, drafts, refunds, returns
from .changes import Mutation
from .documents import FACTS
from .session import Session
from .source import ShopifyOrders

_SCOPES = {
    "write_orders": (ActKind.NOTE, ActKind.ADDRESS, ActKind.CANCEL, ActKind.REFUND),
    "write_returns": (ActKind.RETURN,),
    "write_draft_orders": (ActKind.PLACE,),
}


class ShopifyActs:
    """Each act is one mutation; what stands in the order is asked for before it."""

    def __init__(self, session: Session, now: Callable[[], datetime] = acting.now) -> None:
        self._session, self._now = session, now

    def can(self) -> frozenset[ActKind]:
        app = self._session.run(FACTS, {}).data.shape("currentAppInstallation")
        scopes = {one.text("handle") for one in app.shapes("accessScopes")}
        return frozenset(
            kind for scope, kinds in _SCOPES.items() if scope in scopes for kind in kinds
        )

    def preview(self, act: OrderAct) -> ActPreview:
        with before_sending():
            if isinstance(act, PlaceOrder):
                due, currency = drafts.reckoned(self._session, act)
                return ActPreview(None, Decimal(0), due, currency, act.send_invoice)
            order = self._order(act.order.ref)
            acting.unchanged(act.order, order.changed_at)
            nothing = ActPreview(order, Decimal(0), Decimal(0), order.currency, told=False)
            if isinstance(act, ChangeNote | ChangeAddress):
                changes.step(self._session, act, "preview")  # refuses as it will
                return nothing
            if isinstance(act, CancelOrder):
                return self._cancelling(act, order)
            if isinstance(act, RefundOrder):
                told = refunds.checked(self._session, act)
                return ActPreview(
                    *(order, act.amount, Decimal(0), told.currency, act.tell_customer, told.most)
                )
            back, currency = returns.reckoned(self._session, act)
            zero = Decimal(0)
            # Shopify writes to the customer by its own settings, which it does not tell.
            return ActPreview(order, max(back, zero), max(-back, zero), currency, told=True)

    def perform(self, act: OrderAct, key: str) -> ActReport:
        with before_sending():
            step = self._step(act, key)
        report = performed(self._send, step, lambda: self._found(act, key))
        if isinstance(act, PlaceOrder) and act.send_invoice and report.end is ActEnd.DONE:
            return drafts.invoiced(self._session, report)
        return report

    def outcome(
        self, act: OrderAct, key: str, sent_at: datetime | None = None, ref: str = ""
    ) -> ActReport:
        now = self._now()
        with before_sending():
            if isinstance(act, CancelOrder):
                found = changes.cancelled(self._session, act, key, ref)
                return found or absent(sent_at, now, changes.CANCELS_WITHIN)
            return self._found(act, key, sent_at) or absent(sent_at, now)

    def _found(self, act: OrderAct, key: str, sent_at: datetime | None = None) -> ActReport | None:
        if isinstance(act, PlaceOrder):
            return drafts.found(self._session, act, key, sent_at)
        if isinstance(act, RefundOrder):
            return refunds.found(self._session, act, key)
        if isinstance(act, ReturnItems):
            return returns.found(self._session, act, key)
        if isinstance(act, CancelOrder):
            return changes.cancelled(self._session, act, key, "")
        return changes.found(self._session, act, key)

    def _step(self, act: OrderAct, key: str) -> Step[Mutation]:
        if isinstance(act, PlaceOrder):
            return drafts.step(self._session, act, key)
        if isinstance(act, RefundOrder):
            return refunds.step(self._session, act, key)
        if isinstance(act, ReturnItems):
            return returns.step(self._session, act, key)
        return changes.step(self._session, act, key)

    def _send(self, mutation: Mutation) -> Shape:
        return self._session.change(mutation.document, mutation.variables)

    def _cancelling(self, act: CancelOrder, order: OrderData) -> ActPreview:
        if order.cancelled_at:
            raise acting.too_late("order_cancelled")
        told = refunds.suggested(self._session, act.order.ref)
        back = told.most if act.refund else Decimal(0)
        return ActPreview(
            order, back, Decimal(0), told.currency or order.currency, act.tell_customer, told.most
        )

    def _order(self, ref: str) -> OrderData:
        for order in ShopifyOrders(self._session).order(ref).orders:
            return order
        raise Problem(ProblemKind.NOT_FOUND, what="order", value=ref)
