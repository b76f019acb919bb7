"""Operators, exact hits, groups and odd characters, asked of both databases."""

import pytest

from deskapp.data.queries import search_facts
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


def _numbers(ground: Ground, words: str) -> list[int]:
    return [row.number for row in ground.tickets.rows(ground.search.tickets(words))]


@pytest.fixture
def three(ground: Ground) -> tuple[TicketId, TicketId, TicketId]:
    """1: Mai, tagged and closed; 2: Ivan, Olga's and urgent; 3: Chen, with a note."""
    ground.arrive(
        letter(
            "parcel one refund", sender="Mai <mai.le@customer.example>", subject="Đơn hàng 1001"
        ),
        letter("Заказы не пришли parcel", sender="ivan@customer.example", hours=1),
        letter("我的訂單還沒到 parcel", sender="chen@other.example", hours=2),
    )
    one, two, last = sorted(ground.tickets.view_ids(View.ALL))
    ground.tickets.edit(one, TicketEdit(status=TicketStatus.CLOSED, add_tags=("VIP",)))
    ground.tickets.edit(two, TicketEdit(assignee_id=ground.olga, priority=Priority.URGENT))
    ground.tickets.note(last, "hidden remark about zebra")
    return one, two, last


ANSWERS: list[tuple[str, set[int]]] = [
    ("status:closed", {1}),
    ("parcel -status:closed", {2, 3}),
    ("tag:vip", {1}),
    ("parcel -tag:vip", {2, 3}),
    ("assignee:olga", {2}),
    ("负责人:无人 parcel", {1, 3}),
    ("assignee:me", set()),
    ("priority:urgent", {2}),
    ("from:mai", {1}),
    ("from:mai.le@cust", {1}),
    ("from:customer.example parcel", {1, 2}),
    ("-from:mai parcel", {2, 3}),
    ("from:customer.example from:mai", {1}),
    ("from:ivan from:mai parcel", set()),
    ("from:mai has:attachment", set()),
    ("to:support@shop.example", {1, 2, 3}),
    ("mailbox:support", {1, 2, 3}),
    ("has:note", {3}),
    ("has:attachment", set()),
    ("order:1001", {1}),
    ("order:100", {1}),
    ("zebra", {3}),
    ("before:1d parcel", set()),
    ("after:2020", {1, 2, 3}),
    ("before:2020", set()),
    ("-refund", {2, 3}),
    ("waiting:>1h", {2, 3}),
    ("is:open", {2, 3}),
    ("is:unread", {2, 3}),
    ("is:starred", set()),
    ("订单", {3}),
    ("don hang", {1}),
    ("заказ", {2}),
    ("mai.le@cus", {1}),
    ("status:closed status:open", set()),
    ("colour:red", set()),
]


@pytest.mark.parametrize("few", [500, 0])
def test_operators_find_the_same_on_both_databases(
    ground: Ground, three: tuple[TicketId, ...], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether few messages are somebody's or many."""
    monkeypatch.setattr(search_facts, "_FEW", few)
    assert {words: set(_numbers(ground, words)) for words, _ in ANSWERS} == dict(ANSWERS)


def test_who_has_the_words_as_typed_stands_first(ground: Ground) -> None:
    ground.arrive(
        letter("resume of the talk", sender="a@c.example"),
        letter("mon résumé", sender="b@c.example", hours=1),
        letter("no more", sender="c@c.example", subject="Résumé", hours=2),
    )
    assert _numbers(ground, "résumé ") == [3, 2, 1]
    assert _numbers(ground, "resume ") == [1, 3, 2]


def test_customers_come_as_a_group_and_operators_ask_for_tickets_alone(
    ground: Ground, three: tuple[TicketId, ...]
) -> None:
    found = ground.search.groups("mai")
    assert ["\ue000" in one.snippet for one in found.customers] == [True]
    assert not ground.search.groups("mai status:closed")
    assert ground.search.groups("colour:red").as_text == ("colour:",)


def test_snippets_mark_the_hit_of_each_ticket(ground: Ground, three: tuple[TicketId, ...]) -> None:
    found = ground.search.snippets("parcel", three)
    assert set(found) == set(three)
    assert all("\ue000parcel\ue001" in said for said in found.values())


ODD = [
    "it's",
    "a@b",
    "50% off",
    "AND",
    "NEAR(a b)",
    "x*",
    "(order)",
    "c++",
    "a:b",
    "日本",
    "–",
    "№12",
    "\x00null",
    "e\u0301clair",
    "“quoted”",
    "'",
    "\\",
    "parcel^2",
    "{x}",
    "a|b&!c",
    "<->",
    "ﬁnd",
    "status:'; DROP",
    "*",
    "a\u200bb",
    "100€",
    "đơn",
    "C:\\x",
    "#12-34/5",
    "tag:",
    "-- x",
]


def test_odd_characters_find_the_mail_that_has_them(ground: Ground) -> None:
    """No error, and no false zero: whatever holds a letter or a digit finds its own mail."""
    for place, odd in enumerate(ODD):
        plain = odd.replace(chr(0), "")
        ground.arrive(letter(f"before {plain} after", sender=f"odd{place}@c.example", hours=place))
    missed = []
    for place, odd in enumerate(ODD):
        for typed in (odd, f"{odd} after", f'"{odd}"'):
            letters_there = "after" in typed or any(sign.isalnum() for sign in odd)
            asked = not (typed == odd and odd in ("tag:", "-- x"))  # an operator begun; x unwanted
            if letters_there and asked and place + 1 not in _numbers(ground, typed):
                missed.append(typed)
    assert missed == []
