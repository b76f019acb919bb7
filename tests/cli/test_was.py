"""``--was``: who says what they saw changes nothing that a colleague set otherwise meanwhile."""

from contextlib import closing

import pytest

from deskapp.domain.replies import CannedReply
from deskapp.wiring import open_house

from .conftest import SUPPORT
from .program import Program

# What was seen and stands no longer, what stands, and the command that says the one or the other.
SEEN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("blue", "red", ("tag", "colour", "vip", "green")),
    ("", "Kho", ("team", "join", "Returns", "Bình")),
    ("off", "round_robin", ("assignment", "set", "fewest")),
    ("off", "Received", ("mailbox", "auto-reply", SUPPORT, "--off")),
    ("none", "50/10", ("order", "act", "limit", "agent", "EUR", "70", "5")),
)


@pytest.fixture
def desk(shop: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """What a colleague has set meanwhile; Anna is an admin."""
    with closing(open_house(shop.desk, agent_name="Anna")) as desk:
        anna, binh = desk.agents.by_name("Anna"), desk.agents.add("Bình")
        desk.agents.edit(anna, role="admin")
        desk.teams.add("Returns")
        desk.teams.join(binh, desk.teams.add("Kho"))
        desk.canned.save(CannedReply(None, "Received", "", (("en", "We got it."),), 1))
    shop.run("tag", "add", "vip", "--colour", "red")
    shop.run("assignment", "set", "round_robin", "--was", "off")
    shop.run("mailbox", "auto-reply", SUPPORT, "--canned", "Received", "--was", "off")
    shop.run("order", "act", "limit", "agent", "EUR", "50", "10", "--was", "none")
    return shop


@pytest.mark.parametrize("desk_url", ["sqlite"], indirect=True)
def test_what_was_seen_is_told_to_be_otherwise_and_what_stands_is_changed(desk: Program) -> None:
    for seen, stands, words in SEEN:
        told = desk.run(*words, "--was", seen, code=1).err
        assert f"“{stands}”" in told and "Nothing was changed" in told, (words, told)
        desk.run(*words, "--was", stands)
