"""New tickets are given to who is there, by the desk's rules, with the reason in their history."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from deskapp.desk.agents import Agents
from deskapp.desk.assigning import Assigning
from deskapp.desk.hand_overs import HandOvers
from deskapp.desk.teams import Teams
from deskapp.desk.undo import Undo
from deskapp.domain.assigning import How, Mode, Scope, Why
from deskapp.domain.handing_over import HandOver, ToTeam
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .given_out import CLOSED, has, mails, rule, told
from .ground import Ground
from .letters import letter
from .there import come


def test_without_a_rule_nothing_is_given_to_anybody(ground: Ground) -> None:
    come(ground, ground.anna, ground.olga)
    mails(ground, 3)
    assert has(ground) == {None: 3}


def test_by_turns_everybody_there_gets_as_many_and_the_history_says_who_was_before(
    ground: Ground,
) -> None:
    rule(ground)
    mai = Agents(ground.context).add("Mai")
    come(ground, ground.anna, ground.olga, mai)
    mails(ground, 5)
    mails(ground, 5, begin=5)
    found = has(ground)
    assert max(found.values()) - min(found.values()) == 1
    assert found.keys() == {ground.anna, ground.olga, mai}
    [given] = told(ground, ground.rows()[1].id)
    assert (given.agent_name, given.new) == ("", "Olga")
    assert Why.read(given.reason) == Why(How.ROUND_ROBIN, after="Anna")
    [mail] = ground.messages(ground.rows()[1].id)
    assert mail.given == given  # told where somebody asks how it was filed
    assert not ground.check()


def test_who_came_late_is_next_and_nobody_gets_two_in_a_row(ground: Ground) -> None:
    rule(ground)
    come(ground, ground.anna)
    mails(ground, 3)
    come(ground, ground.olga)
    mails(ground, 2, begin=3)
    assert [row.assignee_name for row in ground.rows()] == ["Anna"] * 3 + ["Olga", "Anna"]


def test_by_fewest_the_count_is_of_what_waits_for_us(ground: Ground) -> None:
    rule(ground, Mode.FEWEST)
    come(ground, ground.anna)
    mails(ground, 3)
    come(ground, ground.olga)
    mails(ground, 4, begin=3)
    assert has(ground) == {ground.anna: 4, ground.olga: 3}
    [given] = told(ground, ground.rows()[5].id)
    assert Why.read(given.reason) == Why(How.FEWEST, count=2)
    ground.tickets.edit_many([row.id for row in ground.rows() if row.assignee_id == 1], CLOSED)
    mails(ground, 1, begin=7)
    assert ground.rows()[-1].assignee_id == ground.anna


def test_with_nobody_there_it_waits_told_as_such_and_is_given_out_once_when_somebody_comes(
    ground: Ground,
) -> None:
    rule(ground)
    mails(ground, 2)
    first, second = (row.id for row in ground.rows())
    assert has(ground) == {None: 2}
    assert len(told(ground, first, EventKind.UNATTENDED)) == 1
    assigning = Assigning(ground.context)
    assert assigning.give_out() == []
    ground.tickets.edit(second, TicketEdit(assignee_id=ground.olga))
    come(ground, ground.anna)
    assert assigning.give_out() == [first]
    assert (assigning.give_out(), has(ground)) == ([], {ground.anna: 1, ground.olga: 1})
    assert len(told(ground, first)) == 1
    assert ground.tickets.row(first).version == 2


def test_what_somebody_took_from_everybody_by_hand_stays_with_nobody(ground: Ground) -> None:
    rule(ground)
    come(ground, ground.anna)
    mails(ground, 1)
    ground.tickets.edit(ground.only(), TicketEdit(unassign=True))
    assert Assigning(ground.context).give_out() == []
    assert has(ground) == {None: 1}


def test_what_a_machine_wrote_and_what_is_history_is_given_to_nobody(ground: Ground) -> None:
    rule(ground)
    come(ground, ground.anna)
    automatic = {"Auto-Submitted": "auto-replied"}
    ground.arrive(letter(headers=automatic, message_id="auto@shop.example", subject="Away"))
    ground.arrive(letter(message_id="old@customer.example"), old=True)
    assert has(ground) == {None: 2}


def test_a_teams_rule_goes_before_and_only_its_members_are_asked(ground: Ground) -> None:
    team = Teams(ground.context).add("Billing")
    Teams(ground.context).join(ground.olga, team)
    rule(ground, Mode.OFF)
    rule(ground, Mode.ROUND_ROBIN, team)
    come(ground, ground.anna, ground.olga)
    mails(ground, 1)
    one = ground.only()
    assert ground.tickets.row(one).assignee_id is None
    HandOvers(ground.context).to_team(one, ToTeam(team), HandOver("Refund it"))
    assert ground.tickets.row(one).assignee_id == ground.olga
    [given] = told(ground, one)
    assert (given.agent_name, Why.read(given.reason)) == (
        "Anna",
        Why(How.ROUND_ROBIN, "Billing"),
    )


def test_handed_to_a_team_of_which_nobody_is_there_it_waits_for_them(ground: Ground) -> None:
    team = Teams(ground.context).add("Billing")
    Teams(ground.context).join(ground.olga, team)
    rule(ground)
    come(ground, ground.anna)
    mails(ground, 1)
    HandOvers(ground.context).to_team(ground.only(), ToTeam(team), HandOver("Refund it"))
    assert has(ground) == {None: 1}
    assert Assigning(ground.context).give_out() == []
    come(ground, ground.olga)
    assert Assigning(ground.context).give_out() == [ground.only()]
    assert has(ground) == {ground.olga: 1}


def test_a_mailboxs_rule_goes_before_the_desks_and_names_among_whom(ground: Ground) -> None:
    team = Teams(ground.context).add("Billing")
    Teams(ground.context).join(ground.olga, team)
    assigning = Assigning(ground.context)
    assigning.set_rule(Scope.MAILBOX, ground.mailbox, Mode.ROUND_ROBIN, team)
    come(ground, ground.anna, ground.olga)
    mails(ground, 2)
    assert has(ground) == {ground.olga: 2}
    assigning.set_rule(Scope.MAILBOX, ground.mailbox, None, None)
    assert assigning.rules() == ()


def test_only_an_admin_changes_the_rules_where_there_is_one(ground: Ground) -> None:
    Agents(ground.context).edit(ground.olga, role="admin")
    with pytest.raises(Problem) as refused:
        rule(ground)
    assert (refused.value.kind, refused.value.details["what"]) == (
        ProblemKind.INVALID,
        "lead_only",
    )
    rule(ground.as_olga())


def test_a_batch_costs_a_dozen_statements_more_with_a_rule_however_many_mails_it_has(
    ground: Ground,
) -> None:
    come(ground, ground.anna, ground.olga)
    ground.later(minutes=1)
    costs = []
    for begin, count in ((0, 2), (10, 40)):
        rule(ground, None)
        without = statements(ground, count, begin)
        rule(ground, Mode.FEWEST)
        costs.append(statements(ground, count, begin + 100) - without)
    assert max(costs) <= 12


def statements(ground: Ground, count: int, begin: int) -> int:
    seen: list[str] = []

    def hear(_c: object, _k: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(ground.database.writer, "before_cursor_execute", hear)
    try:
        mails(ground, count, begin)
    finally:
        event.remove(ground.database.writer, "before_cursor_execute", hear)
    return len(seen)


def test_an_undone_hand_over_takes_the_assignee_back_with_it(ground: Ground) -> None:
    team = Teams(ground.context).add("Billing")
    Teams(ground.context).join(ground.olga, team)
    rule(ground, Mode.ROUND_ROBIN, team)
    mails(ground, 1)
    come(ground, ground.olga)
    one = ground.only()
    HandOvers(ground.context).to_team(
        one, ToTeam(team), replace(HandOver("Refund it"), due=ground.time + timedelta(days=1))
    )
    last, _ = Undo(ground.context).stack()
    assert last is not None
    Undo(ground.context).take_back(last.id)
    row = ground.tickets.row(one)
    assert (row.assignee_id, row.team_id) == (None, None)
