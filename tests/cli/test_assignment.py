"""Taking the next ticket, rules of assignment and absences, without a window."""

import pytest

from .program import Program


@pytest.fixture
def team(shop: Program) -> Program:
    """With Bình beside Anna, and both tickets open and nobody's."""
    shop.run("agent", "add", "Bình")
    shop.run("ticket", "set", "1", "2", "--status", "open", "--assignee", "")
    return shop


def test_the_next_ticket_is_taken_with_its_reason_until_nothing_is_left(team: Program) -> None:
    team.run("ticket", "set", "2", "--due", "2020-12-01")
    taken = team.json("ticket", "take-next")
    assert (taken["ticket"]["number"], taken["ticket"]["assignee"]) == (2, "Anna")
    assert "overdue by" in taken["why"]
    shown = team.run("ticket", "show", "2").out
    assert "assigned" in shown and "overdue by" in shown
    said = team.run("ticket", "take-next", "--view", "unassigned").out
    assert "Ticket 1 is yours" in said and "Why this one: " in said
    assert "Nothing is left" in team.run("ticket", "take-next").out
    assert team.json("ticket", "take-next") == {"ticket": None, "why": ""}


def test_rules_are_set_listed_and_taken_off(team: Program) -> None:
    team.run("team", "add", "Kho")
    team.run("assignment", "set", "round_robin")
    team.run("assignment", "set", "fewest", "--team", "kho")
    team.run("assignment", "set", "off", "--mailbox", "support@shop.example", "--among", "Kho")
    listed = [(one["scope"], one["of"], one["mode"]) for one in team.json("assignment", "list")]
    assert listed == [
        ("desk", "", "round_robin"),
        ("team", "Kho", "fewest"),
        ("mailbox", "support@shop.example", "off"),
    ]
    assert "its members" in team.run("assignment", "list").out
    team.run("assignment", "set", "as_desk", "--team", "kho")
    assert len(team.json("assignment", "list")) == 2
    assert "0 tickets" in team.run("assignment", "run").out
    assert "round_robin" in team.run("assignment", "set", "sometimes", code=2).err


def test_who_is_away_is_told_wherever_tickets_are_given_to_them(team: Program) -> None:
    away = ("agent", "away", "Bình", "--substitute", "Anna", "--reason", "Tết")
    noted = team.json(*away, "--until", "2030-01-02T09:00", "--zone", "Asia/Ho_Chi_Minh")
    assert noted["until"] == "2030-01-02T09:00:00+07:00"
    assert "until 2030-01-0" in team.run("agent", "list").out
    said = team.run("ticket", "set", "1", "--assignee", "Bình")
    assert "Bình is away; Anna stands in." in said.err
    assert "Anna stands in" in team.run("ticket", "show", "1").out
    assert [one["number"] for one in team.json("ticket", "list", "--view", "mine")] == [1]
    team.run("agent", "back", "Bình")
    assert team.json("ticket", "list", "--view", "mine") == []
    for words, told in (
        (("Anna", "--substitute", "Anna"), "stand in"),
        (("Anna", "--until", "2020-01-01"), "passed"),
        (("Anna", "--zone", "Mars/Olympus"), "time zone"),
    ):
        assert told in team.run("agent", "away", *words, code=2).err
