"""Acts in a shop from wish to end: looked at, typed, approved, sent once, asked afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from deskapp.data.database import Database
from deskapp.data.queries.act_audit import broken_seals
from deskapp.desk import Desk
from deskapp.desk.act_limits import ActLimits
from deskapp.desk.context import Context
from deskapp.domain.act_states import ActState, ActWhy
from deskapp.domain.ids import AgentId, OrderActId, OrderId, OrderSourceId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.order_acts import (
    ActKind,
    CancelOrder,
    ChangeNote,
    OrderAct,
    PlaceOrder,
    RefundOrder,
)
from deskapp.domain.orders import PostalAddress
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.upkeep import FindingKind
from deskapp.engine.holders import new_holder
from deskapp.engine.order_acts import ActClerk
from tests.desk.bought import CHANGED, bought, order_data
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.engine.till_shop import Fault, TillShop


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


@pytest.fixture
def counter(desk_file: str, tmp_path: Path) -> Iterator[Counter]:
    ground = Ground(desk_file)
    try:
        yield Counter(ground, tmp_path / "till")
    finally:
        ground.database.close()


@pytest.fixture
def on_both(desk_url: str, tmp_path: Path) -> Iterator[Counter]:
    """The same on each database, where the database itself has a part in the story."""
    ground = Ground(desk_url)
    try:
        yield Counter(ground, tmp_path / "till")
    finally:
        ground.database.close()


def refused(problem: pytest.ExceptionInfo[Problem]) -> object:
    return problem.value.details.get("what")


def test_a_refund_goes_the_whole_way_and_each_step_is_told(on_both: Counter) -> None:
    acts, act = on_both.desk.order_acts, on_both.want()
    shown = acts.get(act).shown
    assert shown is not None and (shown.back, shown.told) == (Decimal("20.00"), True)
    assert shown.before is not None and shown.before.total == "100.00 EUR"
    assert on_both.shop.books() == []
    acts.confirm(act, "#1001")
    on_both.clerk().turn()
    row = acts.get(act)
    assert (row.state, row.ref, row.came_to) == (ActState.DONE, "T-7", Decimal("20.00"))
    assert [one.key for one in on_both.shop.books()] == [row.key]
    events = on_both.desk.tickets.conversation(on_both.ticket).events
    told = [one.new for one in events if one.kind is EventKind.ORDER_ACT]
    assert told == ["wanted", "approved", "sending", "done"]
    assert [one.step for one in reversed(acts.audit(act))] == told
    assert acts.open() == []


def test_it_is_off_until_an_admin_switches_it_on(counter: Counter) -> None:
    with pytest.raises(Problem) as agent:
        ActLimits(counter.context(counter.desk.agent)).switch(counter.source, ActKind.NOTE, False)
    assert refused(agent) == "admin_only"
    counter.limits.switch(counter.source, ActKind.REFUND, False)
    with pytest.raises(Problem) as off:
        counter.want()
    assert refused(off) == "act_off"


def test_switched_off_between_yes_and_sending_it_is_not_sent(counter: Counter) -> None:
    act = counter.want()
    counter.desk.order_acts.confirm(act, "20")
    counter.limits.switch(counter.source, ActKind.REFUND, False)
    counter.clerk().turn()
    assert counter.state(act) == (ActState.NOT_DONE, ActWhy.SWITCHED_OFF)
    assert counter.shop.calls() == 0


@pytest.mark.parametrize("typed", ["", "yes", "1002", "20.01", "NaN"])
def test_what_was_not_typed_right_does_not_leave(counter: Counter, typed: str) -> None:
    act = counter.want()
    with pytest.raises(Problem) as wrong:
        counter.desk.order_acts.confirm(act, typed)
    assert refused(wrong) == "act_typed"
    counter.clerk().turn()
    assert counter.state(act)[0] is ActState.WANTED and counter.shop.calls() == 0


def test_limits_hold_by_role_and_currency_and_a_second_person_is_another(counter: Counter) -> None:
    acts = counter.desk.order_acts
    big = counter.want(counter.refund("100.01"))
    with pytest.raises(Problem) as most:
        acts.confirm(big, "1001")
    assert (refused(most), most.value.details["most"]) == ("act_cap", "100")
    act = counter.want(counter.refund("50.01"))
    assert counter.state(big) == (ActState.NOT_DONE, ActWhy.WITHDRAWN)
    assert acts.confirm(act, "50.01").state is ActState.WAITING
    counter.clerk().turn()
    assert counter.shop.calls() == 0
    with pytest.raises(Problem) as own:
        acts.approve(act)
    assert refused(own) == "act_own"
    assert acts.for_me() == []
    assert [one.id for one in counter.olga.order_acts.for_me()] == [act]
    counter.olga.order_acts.approve(act)
    counter.clerk().turn()
    assert counter.state(act)[0] is ActState.DONE
    counter.limits.drop_cap("agent", "EUR")
    with pytest.raises(Problem) as none:
        acts.confirm(counter.want(counter.refund("1.00")), "1")
    assert refused(none) == "act_no_cap"


def test_a_second_person_says_no_and_why(counter: Counter) -> None:
    act = counter.want(counter.refund("60"))
    counter.desk.order_acts.confirm(act, "60")
    with pytest.raises(Problem) as empty:
        counter.olga.order_acts.decline(act, " ")
    assert refused(empty) == "act_words"
    row = counter.olga.order_acts.decline(act, "Already paid by PayPal")
    assert (row.why, row.settled_words) == (ActWhy.DECLINED, "Already paid by PayPal")
    assert counter.shop.calls() == 0 and counter.want() is not None


def test_only_one_thing_at_a_time_is_begun_for_an_order(on_both: Counter) -> None:
    act = on_both.want()
    on_both.desk.order_acts.confirm(act, "20")
    with pytest.raises(Problem) as busy:
        on_both.olga.order_acts.want(on_both.refund(), on_both.source, order=on_both.order)
    assert busy.value.kind is ProblemKind.DUPLICATE


def test_offline_it_is_refused_and_nothing_waits_to_fire_later(counter: Counter) -> None:
    counter.shop.tell(Fault.OFFLINE)
    assert counter.state(counter.want()) == (ActState.NOT_DONE, ActWhy.OFFLINE)
    counter.shop.tell(Fault.NONE)
    act = counter.want()
    counter.desk.order_acts.confirm(act, "20")
    counter.ground.later(minutes=3)  # no engine ran
    counter.clerk().turn()
    assert counter.state(act) == (ActState.NOT_DONE, ActWhy.EXPIRED)
    assert counter.shop.calls() == 0


def test_a_changed_order_is_shown_before_and_stops_what_was_confirmed(counter: Counter) -> None:
    fresh = order_data(changed_at=CHANGED + timedelta(hours=1), status="on hold", note="Fraud?")
    counter.shop = TillShop(counter.shop._folder, fresh)
    act = counter.want()
    shown = counter.desk.order_acts.get(act).shown
    assert shown is not None
    assert shown.changes == (("status", "", "on hold"), ("note", "", "Fraud?"))
    counter.desk.order_acts.confirm(act, "20")
    counter.clerk().turn()
    assert counter.state(act)[0] is ActState.DONE
    again = counter.want()
    counter.desk.order_acts.confirm(again, "20")
    later = order_data(changed_at=CHANGED + timedelta(hours=2))
    counter.shop = TillShop(counter.shop._folder, later)
    counter.clerk().turn()
    assert counter.state(again) == (ActState.NOT_DONE, ActWhy.CHANGED)
    assert len(counter.shop.books()) == 1


def test_the_shops_no_is_kept_in_its_own_words(counter: Counter) -> None:
    act = counter.want()
    counter.desk.order_acts.confirm(act, "20")
    counter.shop.tell(Fault.NO)
    counter.clerk().turn()
    row = counter.desk.order_acts.get(act)
    assert (row.state, row.why) == (ActState.NOT_DONE, ActWhy.REFUSED)
    assert row.trouble["said"] == "The payment was disputed"


@pytest.mark.parametrize(
    ("fault", "end"), [(Fault.CUT_AFTER, ActState.DONE), (Fault.CUT_BEFORE, ActState.NOT_DONE)]
)
def test_after_a_cut_the_shop_is_asked_and_never_sent_to_again(
    counter: Counter, fault: Fault, end: ActState
) -> None:
    act = counter.want()
    counter.desk.order_acts.confirm(act, "20")
    counter.shop.tell(fault)
    counter.clerk().turn()
    assert counter.state(act)[0] is ActState.UNCLEAR
    with pytest.raises(Problem) as busy:
        counter.desk.order_acts.want(counter.refund(), counter.source, order=counter.order)
    assert busy.value.kind is ProblemKind.DUPLICATE
    counter.turns()
    assert counter.state(act)[0] is end and counter.shop.calls() == 1
    assert counter.desk.order_acts.want(counter.refund(), counter.source, order=counter.order)


def test_what_stays_unclear_is_settled_by_a_person_with_name_and_words(counter: Counter) -> None:
    act = counter.want()
    counter.desk.order_acts.confirm(act, "20")
    counter.shop.tell(Fault.CUT_AFTER, looks=999)
    counter.clerk().turn()
    acts = counter.olga.order_acts
    with pytest.raises(Problem):
        acts.settle(act, True, "")
    row = acts.settle(act, True, "Refund stands in the shop, 10:14")
    assert (row.state, row.settled_name) == (ActState.DONE, "Olga")
    counter.turns(3)
    assert counter.state(act)[0] is ActState.DONE
    with pytest.raises(Problem):
        acts.settle(act, False, "No")


def test_the_shops_own_done_goes_before_a_persons_not_done(counter: Counter) -> None:
    act = counter.want()
    counter.desk.order_acts.confirm(act, "20")
    counter.shop.tell(Fault.CUT_AFTER, looks=0)
    counter.clerk().turn()
    row = counter.desk.order_acts.get(act)
    counter.olga.order_acts.settle(act, False, "I see nothing")
    done = counter.shop.outcome(counter.refund(), row.key)
    counter.desk.act_work.ended(row, done)
    assert counter.state(act)[0] is ActState.DONE


def test_an_engine_that_died_while_sending_is_followed_by_one_that_asks(on_both: Counter) -> None:
    act = on_both.want()
    row = on_both.desk.order_acts.confirm(act, "20")
    begun = on_both.desk.act_work.begin(row, "elsewhere:0000:1:abcd")
    assert begun is not None
    on_both.clerk().turn()
    assert on_both.state(act)[0] is ActState.SENDING  # it may be alive, on another machine
    on_both.ground.later(minutes=4)
    on_both.turns()
    assert on_both.state(act) == (ActState.NOT_DONE, ActWhy.NOT_THERE)
    assert on_both.shop.calls() == 0


def test_two_engines_begin_one_act_once(on_both: Counter) -> None:
    act = on_both.want()
    row = on_both.desk.order_acts.confirm(act, "20")
    first = on_both.desk.act_work.begin(row, "one")
    assert first is not None and on_both.desk.act_work.begin(row, "two") is None
    with pytest.raises(Problem):
        on_both.desk.order_acts.withdraw(act)


def test_a_new_order_is_confirmed_by_its_amount_and_brings_its_invoice(counter: Counter) -> None:
    act = PlaceOrder("lan@customer.example", (), PostalAddress("Lan"), "", True)
    made = counter.want(act)
    assert counter.desk.order_acts.confirm(made, "60").state is ActState.WAITING
    counter.olga.order_acts.approve(made)
    counter.clerk().turn()
    assert counter.desk.order_acts.get(made).link == "https://till.example/pay/7"


def test_what_moves_no_money_needs_no_limit(counter: Counter) -> None:
    counter.limits.drop_cap("agent", "EUR")
    seen = counter.desk.order_acts.seen(counter.order)
    act = counter.want(ChangeNote(seen, "Ring twice"))
    counter.desk.order_acts.confirm(act, "1001")
    counter.clerk().turn()
    assert counter.state(act)[0] is ActState.DONE
    cancel = counter.want(CancelOrder(seen, "customer", True, True, True))
    with pytest.raises(Problem) as money:
        counter.desk.order_acts.confirm(cancel, "1001")
    assert refused(money) == "act_no_cap"


def test_nobody_and_files_act_in_no_shop(counter: Counter) -> None:
    with pytest.raises(Problem) as nobody:
        counter.as_(None).order_acts.want(counter.refund(), counter.source, order=counter.order)
    assert refused(nobody) == "nobody_acts"
    from_file = bought(counter.ground, replace(order_data("A-1"), ref=""))
    with pytest.raises(Problem) as file:
        counter.desk.order_acts.seen(from_file)
    assert refused(file) == "act_source"


@pytest.mark.parametrize(
    "verb", ["UPDATE act_audit SET step = 'x'", "DELETE FROM act_audit", "TRUNCATE act_audit"]
)
def test_the_audit_can_only_grow(on_both: Counter, verb: str) -> None:
    on_both.want()
    database: Database = on_both.ground.database
    if database.is_sqlite and verb.startswith("TRUNCATE"):
        return
    with pytest.raises(Exception, match="append-only"), database.writing() as unit:
        unit.connection.execute(text(verb))
    with database.reading() as connection:
        assert broken_seals(connection) == []
        assert connection.execute(text("SELECT count(*) FROM act_audit")).scalar_one() > 8


def test_a_line_changed_behind_the_triggers_back_breaks_the_seals(on_both: Counter) -> None:
    on_both.want()
    with on_both.ground.database.writing() as unit:
        if on_both.ground.database.is_sqlite:
            unit.connection.execute(text("DROP TRIGGER act_audit_no_update"))
        else:
            unit.connection.execute(text("ALTER TABLE act_audit DISABLE TRIGGER ALL"))
        unit.connection.execute(text("UPDATE act_audit SET step = 'forbid' WHERE id = 3"))
    with on_both.ground.database.reading() as connection:
        assert broken_seals(connection) == [3]
    assert [one.kind for one in on_both.ground.check()] == [FindingKind.AUDIT_BROKEN]


def test_an_audit_without_its_end_is_noticed(on_both: Counter) -> None:
    act = on_both.want()
    on_both.desk.order_acts.confirm(act, "20")
    assert on_both.ground.check() == ()
    with on_both.ground.database.writing() as unit:
        if on_both.ground.database.is_sqlite:
            unit.connection.execute(text("DROP TRIGGER act_audit_no_delete"))
        else:
            unit.connection.execute(text("ALTER TABLE act_audit DISABLE TRIGGER ALL"))
        last = "(SELECT max(id) FROM act_audit)"
        unit.connection.execute(text(f"DELETE FROM act_audit WHERE id = {last}"))
    [found] = on_both.ground.check()
    assert (found.kind, found.example) == (FindingKind.AUDIT_BROKEN, f"order_act {act}")
