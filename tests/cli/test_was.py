"""``--was``: who says what they saw changes nothing that a colleague set otherwise meanwhile."""

from contextlib import closing
from pathlib import Path

import pytest

from deskapp.domain.kinds import FieldKind
from deskapp.domain.people_files import PersonField
from deskapp.domain.replies import CannedReply
from deskapp.wiring import open_house

from .conftest import SUPPORT
from .program import Program

LANS = 3  # her contact: two came with the letters

# What was seen and stands no longer, what stands, and the command that says the one or the other.
SEEN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("blue", "red", ("tag", "colour", "vip", "green")),
    ("", "Kho", ("team", "join", "Returns", "Bình")),
    ("off", "round_robin", ("assignment", "set", "fewest")),
    ("off", "Received", ("mailbox", "auto-reply", SUPPORT, "--off")),
    (
        "",
        "email=Mail, name=Wer",
        ("customer", "import", "FILE", "--column", "name=Who", "--save-mapping", "Old shop"),
    ),
    ("", "VN", ("mailbox", "country", SUPPORT, "DE")),
    (
        "lan@old.example",
        "lan@shop.example",
        ("customer", "contact", "change", str(LANS), "--label", "work"),
    ),
    ("none", "50/10", ("order", "act", "limit", "agent", "EUR", "70", "5")),
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("Who,Wer,Mail\nMai,Mai Lan,mai@b.example\n")
    return path


@pytest.fixture
def desk(shop: Program, people: Path) -> Program:
    """What a colleague has set meanwhile; Anna is an admin."""
    with closing(open_house(shop.desk, agent_name="Anna")) as desk:
        anna, binh = desk.agents.by_name("Anna"), desk.agents.add("Bình")
        desk.agents.edit(anna, role="admin")
        desk.teams.add("Returns")
        desk.teams.join(binh, desk.teams.add("Kho"))
        desk.canned.save(CannedReply(None, "Received", "", (("en", "We got it."),), 1))
        desk.mailboxes.set_country(desk.mailboxes.by_address(SUPPORT), "VN")
        desk.people_files.save_profile(
            "Old shop", {PersonField.NAME: "Wer", PersonField.EMAIL: "Mail"}
        )
        lan = desk.customers.create("Lan", "lan@shop.example")
        assert desk.customers.record(lan).contacts[0].id == LANS
        size, shoe = (desk.fields.add(name, FieldKind.TEXT) for name in ("Size", "Shoe size"))
        desk.fields.add("Hat size", FieldKind.TEXT)
        desk.fields.order([shoe, size])
    shop.run("tag", "add", "vip", "--colour", "red")
    shop.run("assignment", "set", "round_robin", "--was", "off")
    shop.run("mailbox", "auto-reply", SUPPORT, "--canned", "Received", "--was", "off")
    shop.run("order", "act", "limit", "agent", "EUR", "50", "10", "--was", "none")
    return shop


@pytest.mark.parametrize("desk_url", ["sqlite"], indirect=True)
def test_what_was_seen_is_told_to_be_otherwise_and_what_stands_is_changed(
    desk: Program, people: Path
) -> None:
    for seen, stands, said in SEEN:
        words = [str(people) if one == "FILE" else one for one in said]
        told = desk.run(*words, "--was", seen, code=1).err
        assert f"“{stands}”" in told and "Nothing was changed" in told, (words, told)
        desk.run(*words, "--was", stands)
    order = ("field", "order", "Size", "Shoe size", "Hat size")
    told = desk.run(*order, "--was", "Size", "--was", "Shoe size", code=1).err
    assert "“Shoe size, Size, Hat size”" in told and "Nothing was changed" in told
    desk.run(*order, "--was", "Shoe size", "--was", "Size")
