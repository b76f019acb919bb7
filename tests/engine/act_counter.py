"""A desk with an order of a shop that can be written to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.act_limits import ActLimits
from deskapp.desk.context import Context
from deskapp.domain.act_states import ActState, ActWhy
from deskapp.domain.ids import AgentId, OrderActId, OrderId, OrderSourceId, TicketId
from deskapp.domain.order_acts import (
    ActKind,
    OrderAct,
    PlaceOrder,
    RefundOrder,
)
from deskapp.domain.problem import Problem
from deskapp.engine.holders import new_holder
from deskapp.engine.order_acts import ActClerk
from tests.desk.bought import bought, order_data
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.engine.till_shop import TillShop


class Counter:
    """A desk with a ticket, an order of a shop that can be written to, two agents, an admin."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.ground = ground
        ground.arrive(letter(message_id="a@customer.example"))
        self.ticket: TicketId = ground.only()
        self.order: OrderId = bought(ground, kind="shopify")
        self.shop = TillShop(folder, order_data())
        self.desk = self.as_(ground.anna)
        self.admin = self.as_(self.desk.agents.add("Tuấn", role="admin"))
        self.olga = self.as_(ground.olga)
        self.source: OrderSourceId = self.desk.orders.detail(self.order).row.source_id
        limits = ActLimits(self.context(self.admin.agent))
        for kind in ActKind:
            limits.switch(self.source, kind, True)
        limits.set_cap("agent", "EUR", Decimal(100), Decimal(50))
        limits.set_cap("admin", "EUR", Decimal(1000), Decimal(50))
        self.limits = limits

    def context(self, agent: AgentId | None) -> Context:
        return replace(self.ground.context, agent=agent)

    def as_(self, agent: AgentId | None) -> Desk:
        ground = self.ground

        def now() -> datetime:
            return ground.time

        return Desk(ground.database, ground.context.mail, agent=agent, now=now)

    def clerk(self, holder: str = "") -> ActClerk:
        return ActClerk(
            self.desk, holder or new_holder(), lambda _: self.shop, lambda: self.ground.time
        )

    def refund(self, amount: str = "20.00") -> RefundOrder:
        seen = self.desk.order_acts.seen(self.order)
        return RefundOrder(seen, Decimal(amount), "EUR", (), "Late", False, True, True)

    def want(self, act: OrderAct | None = None) -> OrderActId:
        """Wanted by Anna and looked at."""
        act = act or self.refund()
        order = None if isinstance(act, PlaceOrder) else self.order
        made = self.desk.order_acts.want(act, self.source, order=order, ticket=self.ticket)
        self.clerk().turn()
        return made

    def state(self, act: OrderActId) -> tuple[ActState, ActWhy]:
        row = self.desk.order_acts.get(act)
        return row.state, row.why

    def turns(self, most: int = 12) -> None:
        """The clerk goes on, the clock runs with him."""
        for _ in range(most):
            self.clerk().turn()
            self.ground.later(minutes=11)


@contextmanager
def _standing(url: str, folder: Path) -> Iterator[Counter]:
    ground = Ground(url)
    try:
        yield Counter(ground, folder)
    finally:
        ground.database.close()


@pytest.fixture
def counter(desk_file: str, tmp_path: Path) -> Iterator[Counter]:
    with _standing(desk_file, tmp_path / "till") as made:
        yield made


@pytest.fixture
def on_both(desk_url: str, tmp_path: Path) -> Iterator[Counter]:
    """The same on each database, where the database itself has a part in the story."""
    with _standing(desk_url, tmp_path / "till") as made:
        yield made


def refused(problem: pytest.ExceptionInfo[Problem]) -> object:
    return problem.value.details.get("what")
