"""A matter goes to another team or to a department without a seat, with what they must know."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.desk.hand_overs import HandOvers
from deskapp.desk.notices import Notices
from deskapp.desk.teams import Teams
from deskapp.desk.undo import Undo
from deskapp.domain.handing_over import HandOver, ToTeam, needed_of
from deskapp.domain.ids import TeamId
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.notices import NoticeKind, notices_for
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.undoing import ActKind

from .ground import Ground
from .letters import letter

BILLING = Address("Billing", "billing@partner.example")
ASKED = HandOver("Refund 120.00 for order 10482", "Asked for the bank account; sent two reminders")


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example", file=("box.jpg", b"jpeg")))
    return ground


def warehouse(ground: Ground) -> TeamId:
    """The team with Olga in it."""
    made = Teams(ground.context).add("Warehouse")
    Teams(ground.context).join(ground.olga, made)
    return made


def test_a_team_gets_the_ticket_with_a_note_and_its_people_a_notice(asked: Ground) -> None:
    one, due = asked.only(), asked.time + timedelta(days=2)
    aside = TicketEdit(
        status=TicketStatus.WAITING, assignee_id=asked.anna, snooze=Snooze(on_reply=True)
    )
    before = asked.tickets.edit(one, aside)
    team, newest = warehouse(asked), Notices(asked.context).newest()
    asked.later(minutes=1)
    written = HandOvers(asked.context).to_team(one, ToTeam(team), replace(ASKED, due=due))
    row = asked.tickets.row(one)
    assert (row.team_name, row.assignee_id, row.due_at) == ("Warehouse", None, due)
    assert (row.status, row.is_asleep(asked.time)) == (TicketStatus.OPEN, False)
    note = next(message for message in asked.messages() if message.id == written)
    assert note.text.startswith("Handed over to the team Warehouse.\n\nWhat is needed:\nRefund 120")
    assert "What was tried:\nAsked for the bank" in note.text
    told = asked.tickets.conversation(one).events[-1]
    assert (told.kind, told.agent_name, told.new) == (EventKind.HANDED_OVER, "Anna", "Warehouse")
    assert needed_of(told.reason) == ASKED.needed
    olga = asked.as_olga()
    happened = Notices(olga.context).happened([one], newest)
    assert [notice.kind for notice in notices_for(asked.olga, happened)] == [NoticeKind.HANDED_OVER]
    mine = Notices(asked.context).happened([one], newest)
    assert notices_for(asked.anna, mine) == ()
    assert olga.tickets.view_ids(View.MY_TEAM) == [one]
    act, _ = Undo(asked.context).stack()
    assert act is not None and (act.kind, act.detail) == (ActKind.HAND_OVER, "Warehouse")
    Undo(asked.context).take_back(act.id)
    back = asked.tickets.row(one)
    assert (back.team_id, back.assignee_id, back.due_at) == (None, asked.anna, None)
    assert (back.status, back.snooze) == (before.status, before.snooze)


def test_somebody_of_the_team_is_told_once(asked: Ground) -> None:
    team, newest = warehouse(asked), Notices(asked.context).newest()
    HandOvers(asked.context).to_team(asked.only(), ToTeam(team, asked.olga), ASKED)
    assert asked.rows()[0].assignee_id == asked.olga
    happened = Notices(asked.as_olga().context).happened([asked.only()], newest)
    assert [one.kind for one in notices_for(asked.olga, happened)] == [NoticeKind.HANDED_OVER]


def test_a_department_gets_a_mail_and_its_answer_comes_back_into_the_ticket(asked: Ground) -> None:
    one, due = asked.only(), asked.time + timedelta(days=2)
    overs = HandOvers(asked.context)
    asked.tickets.note(one, "She was rude on the phone")
    sent = overs.to_department(one, BILLING, replace(ASKED, due=due), delay=timedelta(0))
    row = asked.tickets.row(one)
    assert (row.status, row.due_at) == (TicketStatus.ON_HOLD, due)
    mail = asked.messages()[-1]
    assert (mail.to, mail.side, mail.id) == ((BILLING,), sent.message, sent.message)
    assert "Refund 120.00" in mail.text and "Customer: Mai Lan" in mail.text
    assert "Where is my parcel?" in mail.text and "rude" not in mail.text
    assert [file.filename for file in mail.attachments] == ["box.jpg"]
    told = asked.tickets.conversation(one).events[-2]
    assert (told.kind, told.new) == (EventKind.HANDED_OVER, "Billing")
    [remembered] = overs.departments()
    assert remembered.shown == "Billing <billing@partner.example>"
    answer = letter("Done.", sender=BILLING.address, answers=(sent.message_id,), hours=30)
    asked.arrive(answer)
    assert asked.rows()[0].status is TicketStatus.OPEN
    assert asked.messages()[-1].side == sent.message
    overs.forget(remembered.id)
    assert overs.departments() == ()


def test_a_hand_over_by_mail_is_taken_back_with_its_date_before_it_leaves(asked: Ground) -> None:
    one = asked.only()
    before = asked.tickets.row(one)
    given = replace(ASKED, due=asked.time + timedelta(days=2))
    HandOvers(asked.context).to_department(one, BILLING, given, whole=False)
    act, _ = Undo(asked.context).stack()
    assert act is not None and act.kind is ActKind.HAND_MAIL
    draft = asked.replies.undo(asked.replies.outbox()[0].id)
    assert draft.body.startswith("What is needed:\nRefund") and draft.to == (BILLING,)
    row = asked.tickets.row(one)
    assert (row.status, row.due_at) == (before.status, None)
    assert Undo(asked.context).stack()[0] is None


def test_what_is_wrong_is_said_and_changes_nothing(asked: Ground) -> None:
    one, overs = asked.only(), HandOvers(asked.context)
    version, customer = asked.tickets.row(one).version, Address("", "mai@customer.example")
    ours = Address("", "Support@shop.example")
    for kind, what, act in (
        (ProblemKind.EMPTY, "needed", lambda: overs.to_department(one, BILLING, HandOver(" "))),
        (
            ProblemKind.INVALID,
            "recipient",
            lambda: overs.to_department(one, Address("", "x"), ASKED),
        ),
        (ProblemKind.INVALID, "own_address", lambda: overs.to_department(one, ours, ASKED)),
        (ProblemKind.INVALID, "third_party", lambda: overs.to_department(one, customer, ASKED)),
        (ProblemKind.NOT_FOUND, "team", lambda: overs.to_team(one, ToTeam(TeamId(9)), ASKED)),
    ):
        with pytest.raises(Problem) as refused:
            act()
        assert (refused.value.kind, refused.value.details["what"]) == (kind, what)
    assert asked.tickets.row(one).version == version
    assert overs.departments() == () and asked.replies.outbox() == ()
    assert asked.side_threads.open_draft(one) is None


def test_two_who_hand_one_ticket_over_send_one_mail(asked: Ground) -> None:
    one, overs = asked.only(), HandOvers(asked.context)
    seen = asked.tickets.row(one).version
    HandOvers(asked.as_olga().context).to_department(one, BILLING, ASKED, version=seen)
    with pytest.raises(Problem) as refused:
        overs.to_department(one, BILLING, ASKED, version=seen)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert len(asked.replies.outbox()) == 1
    assert asked.side_threads.open_draft(one) is None
