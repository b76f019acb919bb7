"""Giving money back: how much, in which currency, and whose refund it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from deskapp.domain.order_acts import (
    ActEnd,
)
from deskapp.domain.problem import Problem, ProblemKind

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.servers.magento_acts import WritableMagento
from tests.servers.shop_faults import Work, common_faults
from tests.servers.shopify_acts import WritableShopify
from tests.servers.shopify_rows import order_row as shopify_row

from .act_trials import (
    KEY,
    OTHER_KEY,
    Opened,
    Stage,
    problem_of,
    refund_of,
)
from .acting import SHOPS

K = ProblemKind
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("name", SHOPS)
def test_somebody_elses_refund_of_the_same_amount_is_not_taken_for_ours(
    name: str, on: Stage
) -> None:
    cut = next(one for one in common_faults(on.over) if one.work is Work.NEVER)
    _made, between, acts = on.opened(SHOPS[name], cut)
    act = refund_of(name)
    assert acts.perform(act, KEY).end is ActEnd.UNCLEAR
    assert acts.outcome(act, KEY, on.now).end is ActEnd.UNDER_WAY, "it may still arrive"
    between.fault = None
    theirs = replace(
        act, reason=f"by hand (ref. {KEY[:-1]})", order=replace(act.order, changed_at=None)
    )
    assert acts.perform(theirs, OTHER_KEY).end is ActEnd.DONE
    assert acts.outcome(act, KEY, on.now - timedelta(hours=1)).end is ActEnd.NOT_DONE


@pytest.mark.parametrize("name", SHOPS)
def test_refunds_add_up_and_no_more_than_was_paid_is_given_back(
    name: str, opened: Callable[[str], Opened]
) -> None:
    made, acts = opened(name)
    paid = acts.preview(refund_of(name)).most or Decimal(0)
    seen = replace(refund_of(name).order, changed_at=None)
    for part, key in ((paid / 4, KEY), (paid * 3 / 4, OTHER_KEY)):
        act = replace(refund_of(name), amount=round(part, 2), lines=(), order=seen)
        assert acts.perform(act, key).end is ActEnd.DONE
    assert sum(Decimal(amount) for _, amount in made.done) == paid
    one_more = replace(refund_of(name), amount=Decimal(1), lines=(), order=seen)
    assert problem_of(acts.perform, one_more, "third-key-0001") == (
        *(K.TOO_LATE, "order_refunded", 0),
    )


@pytest.mark.parametrize(
    ("amount", "currency", "what"),
    [
        ("999999999", "", "refund_amount"),
        ("0", "", "refund_amount"),
        ("-5", "", "refund_amount"),
        ("10.005", "", "refund_amount"),
        ("10", "XXX", "refund_currency"),
    ],
)
@pytest.mark.parametrize("name", SHOPS)
def test_an_amount_that_is_none_is_refused_before_anything_leaves(
    name: str, amount: str, currency: str, what: str, opened: Callable[[str], Opened]
) -> None:
    made, acts = opened(name)
    known = refund_of(name)
    act = replace(known, amount=Decimal(amount), currency=currency or known.currency)
    assert problem_of(acts.perform, act, KEY) == (K.INVALID, what, 0)
    assert problem_of(acts.preview, act) == (K.INVALID, what, 0)
    assert made.done == []


def test_at_shopify_the_customers_currency_counts_and_dong_have_no_cents(
    opened: Callable[[str], Opened],
) -> None:
    made, acts = opened("shopify")
    assert isinstance(made, WritableShopify)
    made.orders[0] = shopify_row(
        1001, unit="19.90", paid="39.80", presentmentCurrencyCode="EUR", rate="27000"
    )
    in_euro = replace(refund_of("shopify"), amount=Decimal("19.90"), currency="EUR")
    shown = acts.preview(in_euro)
    assert (shown.back, shown.currency, shown.most) == (Decimal("19.90"), "EUR", Decimal("39.80"))
    report = acts.perform(in_euro, KEY)
    assert (report.amount, report.currency) == (Decimal("19.90"), "EUR")
    half = replace(refund_of("shopify"), amount=Decimal("100.5"))
    assert problem_of(acts.perform, half, KEY)[1] == "refund_currency"
    _, acts = opened("shopify")
    assert problem_of(acts.perform, half, KEY)[1] == "refund_amount"


def test_the_same_key_gives_the_same_refund_again(opened: Callable[[str], Opened]) -> None:
    made, acts = opened("shopify")
    act = replace(refund_of("shopify"), order=replace(refund_of("shopify").order, changed_at=None))
    first, again = acts.perform(act, KEY), acts.perform(act, KEY)
    assert (first, len(made.done)) == (again, 1)
    other = replace(act, amount=Decimal(1000))
    assert acts.perform(other, KEY).end is ActEnd.UNCLEAR, "the key is another act's"
    assert len(made.done) == 1


def test_a_payment_that_is_still_under_way_is_not_called_done(
    opened: Callable[[str], Opened],
) -> None:
    made, acts = opened("shopify")
    assert isinstance(made, WritableShopify)
    for state, end in (("PENDING", ActEnd.UNDER_WAY), ("FAILURE", ActEnd.UNCLEAR)):
        made.gateway_state = state
        act = replace(
            refund_of("shopify"), order=replace(refund_of("shopify").order, changed_at=None)
        )
        key = f"{state}-0123456789"
        assert (acts.perform(act, key).end, acts.outcome(act, key).end) == (end, end)


def test_money_goes_back_the_way_it_came_or_is_only_booked_but_never_the_other(
    opened: Callable[[str], Opened],
) -> None:
    made, acts = opened("shopify")
    booked = replace(refund_of("shopify"), through_gateway=False)
    assert problem_of(acts.perform, booked, KEY)[1] == "refund_booked"
    payment = made.orders[0]["payments"]
    assert isinstance(payment, list)
    payment[0]["manualPaymentGateway"] = True
    assert problem_of(acts.perform, refund_of("shopify"), KEY)[1] == "refund_through"
    assert acts.perform(booked, KEY).end is ActEnd.DONE
    magento, acts = opened("magento")
    assert isinstance(magento, WritableMagento)
    magento.invoices[0]["transaction_id"] = None
    assert problem_of(acts.perform, refund_of("magento"), KEY)[1] == "refund_through"
    assert (
        acts.perform(replace(refund_of("magento"), through_gateway=False), KEY).end is ActEnd.DONE
    )


def test_an_amount_alone_gives_no_goods_back_at_magento_and_other_currencies_stay_exact(
    opened: Callable[[str], Opened],
) -> None:
    """No items would mean all of them there, and its sums are in the shop's own currency."""
    made, acts = opened("magento")
    little = replace(refund_of("magento"), amount=Decimal("10.00"), lines=(), restock=False)
    assert acts.perform(little, KEY).amount == Decimal("10.0")
    made, acts = opened("magento")
    made.orders[0]["shipping_amount"] = 0
    with pytest.raises(Problem) as raised:
        acts.perform(little, KEY)
    assert "without products" in str(raised.value.details["said"]), "in the shop's own words"
    made, acts = opened("magento")
    made.orders[0] |= {"base_currency_code": "EUR", "base_to_order_rate": 7.8}
    assert problem_of(acts.perform, little, KEY)[1] == "refund_rounding"
    whole_line = replace(refund_of("magento"), amount=Decimal("179.75"))
    assert acts.perform(whole_line, KEY).amount == Decimal("179.75")
