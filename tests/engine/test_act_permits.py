"""Who may act in a shop: switched on, within limits, typed right, with a second person's yes."""

from dataclasses import replace

import pytest

from deskapp.desk.act_limits import ActLimits
from deskapp.domain.act_states import ActState, ActWhy
from deskapp.domain.order_acts import (
    ActKind,
    CancelOrder,
    ChangeNote,
)
from deskapp.domain.problem import Problem
from tests.desk.bought import bought, order_data
from tests.engine.act_counter import Counter, counter, refused

__all__ = ["counter"]


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
