"""Somebody else answers: nothing changes by itself, and one click says who they are."""

import pytest

from deskapp.domain.kinds import Direction, EventKind
from deskapp.domain.mail import Address
from deskapp.domain.messages import Ask, AskKind
from deskapp.domain.problem import Problem, ProblemKind

from .ground import Ground
from .letters import letter

FIRST = "a@customer.example"
TOM = Address("Tom", "tom@customer.example")
MAI = "mai@customer.example"


@pytest.fixture
def asked(ground: Ground) -> Ground:
    """Mai asks and copies Tom, who answers."""
    ground.arrive(letter(message_id=FIRST, cc="Tom <tom@customer.example>"))
    ground.arrive(
        letter("I am her husband", sender="Tom <tom@customer.example>", answers=(FIRST,), hours=1)
    )
    return ground


def _ask(ground: Ground) -> list[Ask | None]:
    return [one.ask for one in ground.messages()]


def _told(ground: Ground) -> list[tuple[str, str, str]]:
    kinds = (EventKind.CUSTOMER, EventKind.ADMITTED, EventKind.SAME_PERSON)
    events = ground.tickets.conversation(ground.rows()[0].id).events
    return [(one.kind.value, one.old, one.new) for one in events if one.kind in kinds]


def test_the_customer_stays_and_the_newest_message_asks(asked: Ground) -> None:
    asked.arrive(letter("Me again", sender=f"Tom <{TOM.address}>", answers=(FIRST,), hours=2))
    assert asked.rows()[0].customer_name == "Mai Lan"
    assert _ask(asked) == [None, None, Ask(AskKind.NEWCOMER, TOM)]


def test_added_they_take_part_and_nothing_asks(asked: Ground) -> None:
    one = asked.only()
    asked.newcomers.add(one, TOM)
    assert _ask(asked) == [None, None]
    assert asked.rows()[0].customer_name == "Mai Lan"
    assert _told(asked) == [("admitted", "", TOM.address)]


def test_a_stranger_who_was_added_is_marked_no_more(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    stranger = {"sender": "Eve <eve@other.example>", "answers": (ground.answer(),)}
    ground.arrive(letter("I got your mail", hours=1, **stranger))  # type: ignore[arg-type]
    assert [one.marked for one in ground.messages() if one.direction is Direction.IN] == [
        False,
        True,
    ]
    ground.newcomers.add(ground.only(), Address("Eve", "eve@other.example"))
    ground.arrive(letter("And this", hours=2, **stranger))  # type: ignore[arg-type]
    assert not any(one.marked for one in ground.messages())


def test_made_the_customer_they_are_answered_and_the_other_still_takes_part(asked: Ground) -> None:
    asked.newcomers.make_customer(asked.only(), TOM)
    [row] = asked.rows()
    assert row.customer_name == "Tom" and _ask(asked) == [None, None]
    assert _told(asked) == [("customer", "Mai Lan", "Tom")]
    asked.newcomers.make_customer(row.id, Address("", MAI))  # and back
    assert asked.rows()[0].customer_name == "Mai Lan" and _ask(asked) == [None, None]


def test_the_same_person_has_two_addresses_from_now_on_and_that_can_be_undone(
    asked: Ground,
) -> None:
    tom = asked.customers.by_address(TOM.address)
    kept = asked.newcomers.same_person(asked.only(), TOM)
    assert asked.customers.by_address(TOM.address) == kept == asked.rows()[0].customer_id
    assert _ask(asked) == [None, None]
    assert _told(asked) == [("same_person", "", TOM.address)]
    assert tom is not None
    asked.customers.unmerge(tom)
    assert _ask(asked) == [None, Ask(AskKind.NEWCOMER, TOM)]


def test_separate_is_a_ticket_of_their_own_and_merging_brings_it_back(asked: Ground) -> None:
    [old] = asked.rows()
    new = asked.newcomers.separate(old.id, TOM)
    told = {row.customer_name: row.message_count for row in asked.rows()}
    assert told == {"Mai Lan": 1, "Tom": 1}
    asked.tickets.merge(new, old.id)
    assert asked.rows()[0].message_count == 2
    assert asked.check() == ()


def test_who_is_no_address_is_refused_and_nothing_changes(asked: Ground) -> None:
    for act in (asked.newcomers.add, asked.newcomers.make_customer, asked.newcomers.same_person):
        with pytest.raises(Problem) as refused:
            act(asked.only(), Address("", "no address"))
        assert refused.value.kind is ProblemKind.INVALID
    assert _told(asked) == []


@pytest.mark.parametrize(
    "text",
    [
        "Please.\n\n---------- Forwarded message ---------\nFrom: Jane Doe <jane@c.example>\n"
        "Date: Mon, 2 Nov 2026\nSubject: Help\nTo: <anna@private.example>\n\nWhere is it?",
        "请处理\n\n------------------ 原始邮件 -------\n发件人: Jane Doe <jane@c.example>\n"
        "发送时间: 2026年11月2日\n收件人: anna\n\n在哪里?",
        "Nhờ xem\n\nTừ: Jane Doe [mailto:jane@c.example]\nĐã gửi: 2 thg 11\nĐến: Anna\n\nđâu?",
        "Начало переадресованного сообщения:\n\n> От: Jane Doe <jane@c.example>\n"
        "> Тема: Где?\n\nГде?",
    ],
)
def test_what_staff_forward_proposes_the_original_sender(ground: Ground, text: str) -> None:
    ground.give_address(ground.anna, "anna@private.example")
    ground.arrive(letter(text, sender="Anna <anna@private.example>", subject="Fwd: Help"))
    [row] = ground.rows()
    jane = Address("Jane Doe", "jane@c.example")
    assert (row.customer_id, _ask(ground)) == (None, [Ask(AskKind.FORWARDED, jane)])
    ground.newcomers.make_customer(row.id, jane)
    assert (ground.rows()[0].customer_name, _ask(ground)) == ("Jane Doe", [None])
    assert ground.replies.draft(row.id).to == (jane,)


def test_what_a_customer_forwards_is_theirs(ground: Ground) -> None:
    text = "---------- Forwarded message ---------\nFrom: Jane <jane@c.example>\nTo: x\n\nHi"
    ground.arrive(letter(text))
    assert (ground.rows()[0].customer_name, _ask(ground)) == ("Mai Lan", [None])
