"""Changing orders at the shops: what is sent, what is refused, and what became of it."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import cast

import pytest

from deskapp.domain.order_acts import (
    ActEnd,
    ActKind,
    CancelOrder,
    ChangeAddress,
    ChangeNote,
    OrderAct,
    Pieces,
    PlaceOrder,
    RefundOrder,
    ReturnItems,
)
from deskapp.domain.orders import PostalAddress
from deskapp.domain.problem import Problem, ProblemKind

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.servers.magento_acts import WritableMagento
from tests.servers.magento_acts import order_row as magento_row
from tests.servers.shop_faults import page
from tests.servers.shopify_acts import WritableShopify
from tests.servers.web import Reply
from tests.servers.woocommerce_acts import WritableWoo

from .act_trials import (
    KEY,
    OTHER_KEY,
    Counts,
    Opened,
    Stage,
    problem_of,
    refund_of,
    try_change,
    try_outcome,
    try_question,
)
from .acting import SHOPS

K = ProblemKind
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("name", SHOPS)
def test_each_act_is_previewed_done_once_and_found_again(
    name: str, opened: Callable[[str], Opened]
) -> None:
    for kind, act in SHOPS[name].acts.items():
        made, acts = opened(name)
        assert acts.can() == frozenset(SHOPS[name].acts)
        before = acts.preview(act)
        assert made.done == []
        assert (before.before is None) is (kind is ActKind.PLACE)
        acts.perform(act, KEY)
        for _ in range(3):  # Shopify cancels in the background
            report = acts.outcome(act, KEY)
        assert (report.end, len(made.done), made.done[0][0]) == (ActEnd.DONE, 1, kind)
        if kind is ActKind.REFUND:
            assert report.amount == before.back == cast(RefundOrder, act).amount
        assert acts.outcome(act, OTHER_KEY, NOW - timedelta(days=9)).end in (
            *(ActEnd.NOT_DONE, ActEnd.UNCLEAR),
            *((ActEnd.DONE,) if name == "magento" else ()),  # it stands as asked, whoever did it
        )


@pytest.mark.parametrize("name", ["shopify", "woocommerce"])
def test_an_order_placed_by_a_machine_whose_clock_is_ahead_is_found_behind_newer_ones(
    name: str, opened: Callable[[str], Opened]
) -> None:
    made, acts = opened(name)
    act = SHOPS[name].acts[ActKind.PLACE]
    for key in (KEY, OTHER_KEY):
        acts.perform(act, key)
    assert acts.outcome(act, KEY, NOW + timedelta(hours=2)).end is ActEnd.DONE
    assert len(made.done) == 2


@pytest.mark.parametrize("name", SHOPS)
@pytest.mark.parametrize(
    "fault",
    [
        *("cut never", "cut done", "cut later", "page 502 done", "redirect to http never"),
        *("429 never", "no, though done done"),
    ],
)
def test_a_refund_under_a_fault_is_neither_done_twice_nor_unseen(
    name: str, fault: str, on: Stage
) -> None:
    """A selection of `dev.py exam order_writes`."""
    shop, counts = SHOPS[name], Counts()
    every = {f"{one.name} {one.work.value}": one for one in shop.faults(on.over)}
    if fault not in every:  # Shopify has no plug-ins that come after its own work
        return
    try_change(on, shop, ActKind.REFUND, every[fault], counts)
    try_question(on, shop, ActKind.REFUND, every[fault], counts)
    try_outcome(on, shop, ActKind.REFUND, every[fault], counts)
    assert (counts.trials, counts.twice, counts.unseen, counts.lies) == (3, 0, 0, [])


@pytest.mark.parametrize("name", SHOPS)
def test_an_order_that_changed_since_it_was_seen_is_left_alone(
    name: str, opened: Callable[[str], Opened]
) -> None:
    for act in SHOPS[name].acts.values():
        if isinstance(act, PlaceOrder):
            continue
        made, acts = opened(name)
        old: OrderAct = replace(act, order=replace(act.order, changed_at=NOW))
        assert problem_of(acts.perform, old, KEY) == (K.CHANGED_MEANWHILE, "order", 0)
        assert problem_of(acts.preview, old)[0] is K.CHANGED_MEANWHILE
        assert made.done == []


@pytest.mark.parametrize("name", SHOPS)
def test_what_has_left_or_is_cancelled_is_not_changed_any_more(
    name: str, opened: Callable[[str], Opened]
) -> None:
    acts_of = SHOPS[name].acts
    cancel, move = acts_of[ActKind.CANCEL], acts_of[ActKind.ADDRESS]
    made, acts = opened(name)
    acts.perform(cancel, KEY)
    acts.outcome(cancel, KEY)
    acts.outcome(cancel, KEY)
    for act in (cancel, move):
        assert isinstance(act, CancelOrder | ChangeAddress)
        again: OrderAct = replace(act, order=replace(act.order, changed_at=None))
        assert problem_of(acts.perform, again, OTHER_KEY) == (*(K.TOO_LATE, "order_cancelled", 0),)
    made, acts = opened(name)
    shipped = {
        "shopify": {"displayFulfillmentStatus": "FULFILLED"},
        "woocommerce": {"status": "completed"},
        "magento": {"state": "complete"},
    }
    made.orders[1] |= shipped[name]
    assert problem_of(acts.perform, move, KEY) == (K.TOO_LATE, "order_shipped", 0)
    assert len(made.done) == 0


def test_a_status_nobody_knows_is_left_to_the_shop(opened: Callable[[str], Opened]) -> None:
    made, acts = opened("woocommerce")
    made.orders[1]["status"] = "teleported"
    move = SHOPS["woocommerce"].acts[ActKind.ADDRESS]
    assert acts.preview(move).before is not None
    assert acts.perform(move, KEY).end is ActEnd.DONE


def test_each_shops_no_comes_in_its_own_words_cut_and_cleaned(
    opened: Callable[[str], Opened],
) -> None:
    _made, acts = opened("shopify")
    no_mail = replace(cast(PlaceOrder, SHOPS["shopify"].acts[ActKind.PLACE]), mail="nobody")
    with pytest.raises(Problem) as raised:
        acts.perform(no_mail, KEY)
    assert (raised.value.kind, raised.value.details["said"]) == (
        *(K.SERVER_REFUSED, "Email is invalid"),
    )
    woo, acts = opened("woocommerce")
    assert isinstance(woo, WritableWoo)
    woo.gateway = False
    with pytest.raises(Problem) as raised:
        acts.perform(refund_of("woocommerce"), KEY)
    assert raised.value.details["said"] == (
        "The payment gateway for this order does not support automatic refunds."
    )
    assert raised.value.details["sent"] == 1


@pytest.mark.parametrize("name", SHOPS)
def test_a_key_that_may_only_read_can_do_nothing_and_the_missing_leave_is_named(
    name: str, opened: Callable[[str], Opened]
) -> None:
    made, acts = opened(name)
    if isinstance(made, WritableShopify):
        made.scopes = ("read_orders", "read_customers")
    elif isinstance(made, WritableWoo):
        made.may_write = False
    else:
        made.leave = {"Magento_Sales::sales", "Magento_Sales::shipment"}
    assert acts.can() == frozenset()
    with pytest.raises(Problem) as raised:
        acts.perform(SHOPS[name].acts[ActKind.NOTE], KEY)
    assert raised.value.kind is K.SCOPE_MISSING
    assert raised.value.details["scope"] in ("write_orders", "Read/Write", "Magento_Sales::comment")


def test_an_exchange_is_reckoned_by_shopify_and_unknown_to_magento(
    opened: Callable[[str], Opened],
) -> None:
    _made, acts = opened("shopify")
    known = cast(ReturnItems, SHOPS["shopify"].acts[ActKind.RETURN])
    swap = replace(known, instead=(Pieces("AT-M", Decimal(2)),), reason="x" * 400)
    shown = acts.preview(swap)
    assert (shown.back, shown.due) == (Decimal(0), Decimal(249000))
    assert acts.perform(swap, KEY).end is ActEnd.DONE
    assert acts.outcome(swap, KEY).end is ActEnd.DONE, "a long reason does not cut the proof away"
    three = replace(known, lines=(Pieces(known.lines[0].ref, Decimal(3)),))
    none = replace(known, instead=(Pieces("NO-SUCH", Decimal(1)),))
    for act, what in ((three, "pieces"), (none, "sku")):
        now = replace(act, order=replace(act.order, changed_at=None))
        assert problem_of(acts.preview, now)[1] == what
    _, acts = opened("magento")
    theirs = cast(ReturnItems, SHOPS["magento"].acts[ActKind.RETURN])
    assert (
        problem_of(acts.perform, replace(theirs, instead=(Pieces("T-M", Decimal(1)),)), KEY)[1]
        == "exchange"
    )
    open_source, acts = opened("magento")
    assert isinstance(open_source, WritableMagento)
    open_source.commerce = False
    open_source.__post_init__()
    assert ActKind.RETURN not in acts.can()


def test_an_order_whose_invoice_does_not_go_out_stands_and_says_so(
    on: Stage, opened: Callable[[str], Opened]
) -> None:
    for name in ("shopify", "woocommerce"):
        made, between, acts = on.opened(SHOPS[name], None)
        place = SHOPS[name].acts[ActKind.PLACE]
        shop = between.shop

        def no_invoice(asked: object, shop: object = shop) -> Reply:
            text = str(getattr(asked, "path", "")) + str(getattr(asked, "body", b""))
            hit = "draftOrderInvoiceSend" in text or "send_order_details" in text
            return page(502) if hit else shop(asked)  # type: ignore[operator]

        between.shop = no_invoice
        report = acts.perform(place, KEY)
        assert (report.end, report.told, len(made.done)) == (ActEnd.DONE, None, 1)
        assert report.link.startswith("https://")


def test_a_country_is_taken_by_name_and_an_unknown_one_is_asked_for(
    opened: Callable[[str], Opened],
) -> None:
    made, acts = opened("shopify")
    known = cast(ChangeAddress, SHOPS["shopify"].acts[ActKind.ADDRESS])
    by_name = replace(known, ship_to=replace(known.ship_to, country="Việt Nam"))
    assert acts.perform(by_name, KEY).end is ActEnd.DONE
    place = made.orders[1]["shippingAddress"]
    assert isinstance(place, dict)
    assert (place["countryCodeV2"], place["name"]) == ("VN", "Trần Văn An")
    nowhere = replace(known, ship_to=PostalAddress("A", ("B",), "1", "C", "", "Narnia"))
    assert problem_of(lambda: opened("shopify")[1].perform(nowhere, KEY)) == (
        *(K.INVALID, "country", 0),
    )


def test_magento_cancels_only_what_is_not_invoiced_and_says_no_with_a_bare_false(
    opened: Callable[[str], Opened],
) -> None:
    made, acts = opened("magento")
    cancel = cast(CancelOrder, SHOPS["magento"].acts[ActKind.CANCEL])
    made.orders[1] = magento_row(42)
    assert problem_of(acts.perform, cancel, KEY) == (K.TOO_LATE, "order_final", 1)
    assert made.done == []


@pytest.mark.parametrize("name", SHOPS)
def test_nothing_leaves_for_a_shop_that_is_not_there_or_shows_anothers_certificate(
    name: str, on: Stage
) -> None:
    shop = SHOPS[name]
    _made, between, _acts = on.opened(shop, None)
    distrusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for port, kind in ((on.port, K.TLS_UNTRUSTED), (1, K.OFFLINE)):
        acts = shop.open(port, distrusting, 5.0, lambda: NOW)
        for act in shop.acts.values():
            found, _, sent = problem_of(acts.perform, act, KEY)
            assert (found, sent, between.changed) == (kind, 0, 0)
            assert problem_of(acts.outcome, act, KEY)[0] is kind


def test_a_note_is_not_cut_to_make_room_for_its_proof(opened: Callable[[str], Opened]) -> None:
    for name in ("woocommerce", "magento"):
        made, acts = opened(name)
        note = cast(ChangeNote, SHOPS[name].acts[ActKind.NOTE])
        long = replace(note, text="\u0958" * 1500)  # twice as long in NFC
        assert acts.perform(long, KEY).end is ActEnd.DONE
        assert acts.outcome(long, KEY).end is ActEnd.DONE
        longer = replace(note, text="x" * 3001)
        assert problem_of(acts.perform, longer, OTHER_KEY) == (K.TOO_LARGE, "order_note", 0)
        assert len(made.done) == 1
