"""Return cases: held against what was bought, told in history, and back on their day."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from deskapp.desk.returns import Returns
from deskapp.desk.snoozes import Snoozes
from deskapp.domain.ids import OrderId, ReturnId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import (
    Condition,
    RefundState,
    ReturnEdit,
    ReturnItem,
    ReturnKind,
    ReturnReason,
    ReturnState,
)
from deskapp.domain.return_rules import next_states
from deskapp.domain.snoozing import Snooze, WokeBy
from deskapp.domain.tickets import TicketEdit

from .bought import bought, make_admin, order_data
from .ground import Ground
from .letters import letter

S = ReturnState


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example"))
    return ground


def shirts(count: int) -> tuple[ReturnItem, ...]:
    return (ReturnItem("", Decimal(count), "SHIRT-M", condition=Condition.OPENED),)


def opened(ground: Ground, count: int = 2, kind: ReturnKind = ReturnKind.RETURN) -> ReturnId:
    given = ReturnEdit(reason_code=ReturnReason.SIZE, reason="Zu klein", items=shirts(count))
    return Returns(ground.context).add(kind, given, order=bought(ground), ticket=ground.only())


def test_a_case_of_a_file_order_is_told_on_ticket_and_customer_with_its_deadline(
    asked: Ground,
) -> None:
    case = Returns(asked.context).get(opened(asked))
    assert (case.state, case.order_number, case.source) == (S.ASKED, "#1001", "Lotus shop")
    assert case.items[0].title == "Áo sơ mi, size M" and case.items[0].line_key == "line-1"
    assert case.deadline == asked.time.astimezone().date() + timedelta(days=14)
    told = asked.tickets.conversation(asked.only()).events[-1]
    assert (told.kind, told.new, told.reason) == (EventKind.RETURN_CASE, "asked", case.name)
    assert Returns(asked.context).of_ticket(asked.only()) == [case]
    assert Returns(asked.context).open() == [case]


def test_no_more_pieces_come_back_than_were_bought_and_a_refused_case_gives_them_free(
    asked: Ground,
) -> None:
    returns, first = Returns(asked.context), opened(asked, 2)
    order = returns.get(first).order_id
    with pytest.raises(Problem) as refused:
        returns.add(ReturnKind.RETURN, ReturnEdit(items=shirts(2)), order=order)
    assert refused.value.details["what"] == "return_quantity"
    assert (refused.value.details["most"], len(returns.open())) == ("1", 1)
    returns.edit(first, ReturnEdit(state=S.REFUSED))
    assert returns.add(ReturnKind.RETURN, ReturnEdit(items=shirts(3)), order=order)


@pytest.mark.parametrize("by_taking_back", [True, False])
def test_a_case_that_counts_again_must_still_fit(asked: Ground, by_taking_back: bool) -> None:
    returns, first = Returns(asked.context), opened(asked, 2)
    order = returns.get(first).order_id
    asked.later(minutes=1)
    returns.edit(first, ReturnEdit(state=S.REFUSED if by_taking_back else S.CLOSED))
    assert returns.add(ReturnKind.RETURN, ReturnEdit(items=shirts(2)), order=order)
    with pytest.raises(Problem) as taken:
        if by_taking_back:
            returns.take_back(first)
        else:
            returns.edit(first, ReturnEdit(state=S.ASKED))
    assert (taken.value.details["what"], taken.value.details["most"]) == ("return_quantity", "1")


def test_what_was_never_bought_cannot_be_returned(asked: Ground) -> None:
    hat = (ReturnItem("A hat", Decimal(1)),)
    with pytest.raises(Problem) as refused:
        Returns(asked.context).add(ReturnKind.RETURN, ReturnEdit(items=hat), order=bought(asked))
    assert refused.value.details["what"] == "return_line"
    free = Returns(asked.context).add(
        ReturnKind.RETURN, ReturnEdit(items=hat), order_number="A-7", ticket=asked.only()
    )
    assert Returns(asked.context).get(free).order_number == "A-7"


@pytest.mark.parametrize("count", ["0", "-1", "NaN"])
def test_a_number_of_pieces_is_above_zero(asked: Ground, count: str) -> None:
    items = (ReturnItem("", Decimal(count), "SCARF"),)
    with pytest.raises(Problem) as refused:
        Returns(asked.context).add(ReturnKind.RETURN, ReturnEdit(items=items), order=bought(asked))
    assert refused.value.details["what"] == "return_pieces"


def test_no_more_is_given_back_than_was_paid_unless_it_is_said(asked: Ground) -> None:
    returns, case = Returns(asked.context), opened(asked)
    other = returns.add(ReturnKind.COMPLAINT, ReturnEdit(), order=returns.get(case).order_id)
    returns.edit(other, ReturnEdit(refund_amount=Decimal("70.00")))
    for amount, what in (("30.01", "return_over_paid"), ("0", "return_refund")):
        with pytest.raises(Problem) as refused:
            returns.edit(case, ReturnEdit(refund_amount=Decimal(amount)))
        assert refused.value.details["what"] == what
    with pytest.raises(Problem) as currency:
        returns.edit(case, ReturnEdit(refund_amount=Decimal(9), refund_currency="USD"))
    assert currency.value.details["what"] == "return_currency"
    row = returns.edit(case, ReturnEdit(refund_amount=Decimal("30.01"), over_paid=True))
    assert (row.refund_amount, row.refund_currency) == (Decimal("30.01"), "EUR")
    assert row.refund_state is RefundState.WANTED


def test_two_people_who_opened_one_case_do_not_overwrite_each_other(asked: Ground) -> None:
    returns, case = Returns(asked.context), opened(asked)
    seen = returns.get(case).version
    Returns(asked.as_olga().context).edit(case, ReturnEdit(state=S.APPROVED), seen)
    with pytest.raises(Problem) as late:
        returns.edit(case, ReturnEdit(state=S.REFUSED), seen)
    assert late.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert returns.get(case).state is S.APPROVED


def test_the_last_step_is_taken_back_whole_once_and_only_by_who_did_it(asked: Ground) -> None:
    returns, case = Returns(asked.context), opened(asked)
    before = returns.get(case)
    asked.later(minutes=1)
    returns.edit(case, ReturnEdit(state=S.ARRIVED, items=shirts(1), carrier="DHL"))
    with pytest.raises(Problem):
        Returns(asked.as_olga().context).take_back(case)
    asked.later(minutes=1)
    back = returns.take_back(case)
    assert replace(back, version=before.version) == before
    with pytest.raises(Problem) as over:
        returns.take_back(case)
    assert over.value.kind is ProblemKind.TOO_LATE
    assert [one.new for one in returns.history(case) if one.what == "state"] == [
        "arrived",
        "asked",
    ]


def test_steps_lead_forward_and_a_closed_case_opens_where_it_was(asked: Ground) -> None:
    returns, case = Returns(asked.context), opened(asked)
    returns.edit(case, ReturnEdit(state=S.ARRIVED))
    with pytest.raises(Problem) as back:
        returns.edit(case, ReturnEdit(state=S.APPROVED))
    assert back.value.details["what"] == "return_state"
    closed = returns.edit(case, ReturnEdit(state=S.CLOSED))
    assert closed.closed_at is not None and returns.open() == []
    assert next_states(closed.kind, closed.state, closed.ended_as) == (S.ARRIVED,)
    assert returns.edit(case, ReturnEdit(state=S.ARRIVED)).closed_at is None
    assert S.ON_THE_WAY not in next_states(ReturnKind.COMPLAINT, S.ASKED)


def test_its_day_brings_the_ticket_back_once_and_so_does_a_deadline_gone_by(asked: Ground) -> None:
    returns, case = Returns(asked.context), opened(asked)
    one, today = asked.only(), asked.time.astimezone().date()
    returns.edit(
        case,
        ReturnEdit(remind_on=today + timedelta(days=2), deadline=today + timedelta(days=4)),
    )
    asked.tickets.edit(one, TicketEdit(snooze=Snooze(asked.time + timedelta(days=30))))
    assert Snoozes(asked.context).wake() == []
    asked.later(days=3)
    assert Snoozes(asked.context).wake() == [one] and Snoozes(asked.context).wake() == []
    woke = asked.tickets.conversation(one).events[-1]
    assert (woke.kind, woke.reason) == (EventKind.WOKE, WokeBy.RETURN)
    asked.later(days=3)
    assert Snoozes(asked.context).wake() == [one] and returns.late() == 1
    returns.edit(case, ReturnEdit(state=S.CLOSED))
    assert Snoozes(asked.context).next() is None or returns.late() == 0


def test_a_file_read_again_leaves_the_case_with_its_line(asked: Ground) -> None:
    case = opened(asked)
    order = bought(asked, order_data(note="read again"))
    assert Returns(asked.context).get(case).order_id == order
    with pytest.raises(Problem):
        Returns(asked.context).add(ReturnKind.RETURN, ReturnEdit(items=shirts(2)), order=order)


def test_the_usual_deadline_is_the_desks_and_only_an_admin_changes_it(asked: Ground) -> None:
    with pytest.raises(Problem) as refused:
        Returns(asked.context).set_days(30)
    assert refused.value.details["what"] == "admin_only"
    make_admin(asked)
    Returns(asked.as_olga().context).set_days(30)
    case = Returns(asked.context).get(opened(asked))
    assert case.deadline == asked.time.astimezone().date() + timedelta(days=30)
    none = ReturnEdit(no_deadline=True)
    made = Returns(asked.context).add(ReturnKind.RETURN, none, order=OrderId(case.order_id or 0))
    assert Returns(asked.context).get(made).deadline is None
