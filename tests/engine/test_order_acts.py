"""Acts in a shop from wish to end: looked at, typed, approved, sent once, asked afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest

from deskapp.domain.act_states import ActState, ActWhy
from deskapp.domain.kinds import EventKind
from deskapp.domain.order_acts import (
    PlaceOrder,
)
from deskapp.domain.orders import PostalAddress
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.bought import CHANGED, order_data
from tests.engine.act_counter import Counter, counter, on_both
from tests.engine.till_shop import Fault, TillShop

__all__ = ["counter", "on_both"]


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
