"""The whole way: desk, engine, the shops' own room, and stand-ins that keep what they are told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from deskapp.desk import Desk
from deskapp.desk.act_limits import ActLimits
from deskapp.domain.act_states import ActState
from deskapp.domain.order_acts import ActKind, RefundOrder
from deskapp.engine.holders import new_holder
from deskapp.engine.order_acts import ActClerk
from tests.desk.bought import bought
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.servers.authority import Authority

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.shops.act_trials import Stage, refund_of, stage
from tests.shops.acting import SHOPS

ENDS = {
    "": (ActState.DONE, ActState.DONE),
    "cut done": (ActState.UNCLEAR, ActState.DONE),
    "cut never": (ActState.UNCLEAR, ActState.NOT_DONE),
    "cut later": (ActState.UNCLEAR, ActState.DONE),
    "429 never": (ActState.NOT_DONE, ActState.NOT_DONE),
}


@pytest.fixture
def on(authority: Authority) -> Iterator[Stage]:
    with stage(authority) as opened:
        yield opened


@pytest.mark.parametrize("name", SHOPS)
@pytest.mark.parametrize("fault", ENDS)
def test_a_refund_that_is_wanted_at_the_desk_ends_in_the_shop_once(
    name: str, fault: str, on: Stage, desk_file: str
) -> None:
    faults = {f"{one.name} {one.work.value}": one for one in SHOPS[name].faults(on.over)}
    made, between, acts = on.opened(SHOPS[name], faults.get(fault), slow="later" in fault)
    wanted = refund_of(name)
    order = acts.preview(wanted).before
    assert order is not None
    ground = Ground(desk_file)
    on.now = ground.time
    try:
        ground.arrive(letter(message_id="a@customer.example"))
        bought_here = bought(ground, order, kind=name)
        desk = Desk(
            ground.database, ground.context.mail, agent=ground.anna, now=lambda: ground.time
        )
        admin = desk.agents.add("Tuấn", role="admin")
        source = desk.orders.detail(bought_here).row.source_id
        limits = ActLimits(replace(ground.context, agent=admin))
        limits.switch(source, ActKind.REFUND, True)
        limits.set_cap("agent", wanted.currency, Decimal(9_000_000), Decimal(9_000_000))

        def now() -> datetime:
            return ground.time

        def ticks() -> float:
            return ground.time.timestamp()

        clerk = ActClerk(desk, new_holder(), lambda _: acts, now, ticks=ticks)
        act: RefundOrder = replace(wanted, order=desk.order_acts.seen(bought_here))
        asked = desk.order_acts.want(act, source, order=bought_here, ticket=ground.only())
        clerk.turn()
        assert made.done == [], "looked at only"
        desk.order_acts.confirm(asked, order.number)
        clerk.turn()
        states = [desk.order_acts.get(asked).state]
        for _ in range(8):
            ground.later(minutes=11)
            on.now = ground.time
            between.catch_up()
            clerk.turn()
        row = desk.order_acts.get(asked)
        states.append(row.state)
        assert tuple(states) == ENDS[fault]
        assert len(made.done) == (row.state is ActState.DONE)
        assert between.changed == 1
        if row.state is ActState.DONE:
            assert row.came_to == wanted.amount
    finally:
        ground.database.close()
