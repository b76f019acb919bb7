"""A small shop over a file, with books of its own: what was really done, by whose key.

It answers the writing protocol as the big ones do, and can be told to refuse, to be out of reach,
to cut the line before or after it has done what was asked, or to work at it for a while. The books
are on disk, so that a killed engine and the test count in the same ones.
"""

import json
import os
import signal
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from deskapp.domain.order_act_stored import act_stored, kind_of
from deskapp.domain.order_acts import (
    ActEnd,
    ActKind,
    ActPreview,
    ActReport,
    CancelOrder,
    OrderAct,
    PlaceOrder,
    RefundOrder,
)
from deskapp.domain.orders import OrderData
from deskapp.domain.problem import Problem, ProblemKind


class Fault(StrEnum):
    """What goes wrong with a call that changes something."""

    NONE = "none"
    OFFLINE = "offline"  # no byte left
    NO = "no"  # the shop refuses, with words
    CHANGED = "changed"  # somebody changed the order before
    CUT_BEFORE = "cut_before"  # the line is lost; nothing was done
    CUT_AFTER = "cut_after"  # it was done; the line is lost before the answer
    SLOW = "slow"  # it is done in the background, and shown later
    SLOW_NO = "slow_no"  # it works at it, and then does not do it
    KILL_BEFORE = "kill_before"  # our program dies in the call, the shop has nothing
    KILL_AFTER = "kill_after"  # our program dies in the call, the shop has done it


CHANGES_NOTHING = (
    Fault.OFFLINE,
    Fault.NO,
    Fault.CHANGED,
    Fault.CUT_BEFORE,
    Fault.SLOW_NO,
    Fault.KILL_BEFORE,
)


@dataclass(frozen=True, slots=True)
class Book:
    """One line of the books."""

    key: str
    kind: str
    act: str


class TillShop:
    """``folder`` holds the books and what the shop is told to do; any process may open it."""

    def __init__(self, folder: Path, order: OrderData) -> None:
        self._folder = folder
        self._order = order
        folder.mkdir(parents=True, exist_ok=True)

    def tell(self, fault: Fault, *, looks: int = 2) -> None:
        """What happens to the calls from now on. ``looks``: so often it is still under way."""
        told = {"fault": fault.value, "looks": looks}
        (self._folder / "told.json").write_text(json.dumps(told), "utf-8")

    def books(self) -> list[Book]:
        """What was really done."""
        path = self._folder / "books.jsonl"
        if not path.exists():
            return []
        return [Book(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]

    def calls(self) -> int:
        """How often anybody tried to change something."""
        path = self._folder / "calls"
        return len(path.read_text("utf-8")) if path.exists() else 0

    # the protocol

    def can(self) -> frozenset[ActKind]:
        return frozenset(ActKind)

    def preview(self, act: OrderAct) -> ActPreview:
        if self._told()["fault"] == Fault.OFFLINE:
            raise Problem(ProblemKind.OFFLINE, what="shop", host="till.example", sent=0)
        order = self._order
        if isinstance(act, PlaceOrder):
            return ActPreview(None, Decimal(0), Decimal("60.00"), "EUR", act.send_invoice)
        self._check(act)
        nothing = ActPreview(order, Decimal(0), Decimal(0), "EUR", told=False, most=order.total)
        if isinstance(act, RefundOrder):
            return replace(nothing, back=act.amount, told=act.tell_customer)
        if isinstance(act, CancelOrder) and act.refund:
            return replace(nothing, back=order.total, told=act.tell_customer)
        return nothing

    def perform(self, act: OrderAct, key: str) -> ActReport:
        fault = Fault(self._told()["fault"])
        if fault is Fault.OFFLINE:
            raise Problem(ProblemKind.OFFLINE, what="shop", host="till.example", sent=0)
        if not isinstance(act, PlaceOrder):
            self._check(act)
        with (self._folder / "calls").open("a", encoding="utf-8") as file:
            file.write(".")
        if fault is Fault.NO:
            said = "The payment was disputed"
            raise Problem(ProblemKind.SERVER_REFUSED, what="shop", said=said, sent=1)
        if fault is Fault.CHANGED:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="order", sent=0)
        if fault is Fault.KILL_BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        if fault not in CHANGES_NOTHING:
            self._do(act, key)
        if fault is Fault.KILL_AFTER:
            os.kill(os.getpid(), signal.SIGKILL)
        if fault in (Fault.CUT_BEFORE, Fault.CUT_AFTER):
            return ActReport(ActEnd.UNCLEAR)
        if fault in (Fault.SLOW, Fault.SLOW_NO):
            return ActReport(ActEnd.UNDER_WAY)
        return self._done(act)

    def outcome(
        self, act: OrderAct, key: str, sent_at: datetime | None = None, ref: str = ""
    ) -> ActReport:
        told = self._told()
        if told["fault"] == Fault.OFFLINE:
            raise Problem(ProblemKind.OFFLINE, what="shop", host="till.example", sent=0)
        if int(told["looks"]) > 0:
            self.tell(Fault(told["fault"]), looks=int(told["looks"]) - 1)
            return ActReport(ActEnd.UNDER_WAY)
        done = any(one.key == key for one in self.books())
        return self._done(act) if done else ActReport(ActEnd.NOT_DONE)

    def _check(self, act: OrderAct) -> None:
        assert not isinstance(act, PlaceOrder)
        seen = act.order.changed_at
        if seen is not None and seen != self._order.changed_at:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="order", sent=0)

    def _do(self, act: OrderAct, key: str) -> None:
        """A real shop does it again when it is asked again: nothing here folds twins."""
        line = {"key": key, "kind": kind_of(act), "act": act_stored(act)}
        with (self._folder / "books.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _done(self, act: OrderAct) -> ActReport:
        amount = act.amount if isinstance(act, RefundOrder) else None
        link = "https://till.example/pay/7" if isinstance(act, PlaceOrder) else ""
        return ActReport(ActEnd.DONE, ref="T-7", amount=amount, currency="EUR", link=link)

    def _told(self) -> dict[str, str]:
        path = self._folder / "told.json"
        if not path.exists():
            return {"fault": Fault.NONE, "looks": "0"}
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
        return found
