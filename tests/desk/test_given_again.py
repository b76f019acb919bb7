"""Who gets a ticket that opens again, and who is passed over."""

from deskapp.desk.absences import Absences
from deskapp.desk.agents import Agents
from deskapp.desk.assigning import Assigning
from deskapp.domain.assigning import How, Why

from .given_out import CLOSED, has, mails, rule, told
from .ground import Ground
from .letters import letter
from .there import come, leave


def test_what_opens_again_stays_with_its_assignee_there_or_not(ground: Ground) -> None:
    rule(ground)
    come(ground, ground.anna)
    mails(ground, 1)
    one = ground.only()
    ground.tickets.edit(one, CLOSED)
    leave(ground, ground.anna)
    come(ground, ground.olga)
    again(ground, "again")
    assert ground.tickets.row(one).assignee_id == ground.anna


def again(ground: Ground, name: str) -> None:
    """The customer of the first matter writes once more."""
    ground.arrive(
        letter(
            subject="Re: Matter 0",
            sender="c0@customer.example",
            message_id=f"{name}@customer.example",
            answers=("m0@customer.example",),
            hours=3,
        )
    )


def test_what_opens_again_goes_to_the_substitute_of_who_is_away(ground: Ground) -> None:
    rule(ground)
    come(ground, ground.anna)
    mails(ground, 1)
    one = ground.only()
    ground.tickets.edit(one, CLOSED)
    Absences(ground.context).away(ground.anna, substitute=ground.olga)
    again(ground, "again")
    assert ground.tickets.row(one).assignee_id == ground.olga
    assert Why.read(told(ground, one)[-1].reason) == Why(How.STANDS_IN, after="Anna")


def test_what_opens_again_and_nobody_stands_in_for_is_given_out_anew(ground: Ground) -> None:
    rule(ground)
    come(ground, ground.anna)
    mails(ground, 1)
    one = ground.only()
    ground.tickets.edit(one, CLOSED)
    Absences(ground.context).away(ground.anna)
    again(ground, "again")
    assert ground.tickets.row(one).assignee_id is None
    assert Why.read(told(ground, one)[-1].reason) == Why(How.AWAY, after="Anna")
    come(ground, ground.olga)
    assert Assigning(ground.context).give_out() == [one]
    assert ground.tickets.row(one).assignee_id == ground.olga


def test_who_is_away_or_has_left_gets_nothing(ground: Ground) -> None:
    rule(ground)
    come(ground, ground.anna, ground.olga)
    Absences(ground.context).away(ground.anna)
    mails(ground, 2)
    assert has(ground) == {ground.olga: 2}
    Agents(ground.context).edit(ground.olga, active=False)
    mails(ground, 1, begin=2)
    assert has(ground) == {ground.olga: 2, None: 1}
