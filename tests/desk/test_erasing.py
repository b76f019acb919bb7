"""A person is erased at their wish, or their tickets are left without them; nothing returns."""

import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deskapp.data.tables import metadata
from deskapp.data.tables.erasing import tombstone
from deskapp.data.tables.mail import blob
from deskapp.desk import erasing as erasing_room
from deskapp.desk.erasing import Erasing
from deskapp.desk.orders import Orders
from deskapp.domain.erasing import EraseMode, EraseProof, StoneKind
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind, TicketStatus
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .customer_rows import ORDER
from .ground import Ground
from .letters import letter

MAI = letter(
    "My name is Mai Lan, phone 0912 345 678.",
    message_id="one@mai.example",
    file=("cv-mai.pdf", b"all about Mai"),
)
OTHER = letter("Hello", subject="Other", sender="Otto <otto@b.example>", message_id="two@b")
WORDS = (
    "mai@customer.example",
    "Mai Lan",
    "10482",
    "cv-mai",
    "one@mai.example",
    "912 345",
    "912345",
)


@pytest.fixture(autouse=True)
def _files_are_wiped_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server writes all its tables anew for each wipe: the test that asks for it shows it, and
    the exam reads the bytes."""
    if "nothing_of_a_person" not in request.node.name:
        monkeypatch.setattr(erasing_room, "scrub", lambda _: None)


def _erase(ground: Ground, mode: EraseMode, one: CustomerId) -> EraseProof:
    erasing = Erasing(ground.context)
    return erasing.erase(erasing.preview(one), mode)


def _mai(ground: Ground) -> CustomerId:
    found = ground.customers.by_address("mai@customer.example")
    assert found is not None
    return found


def _arrive(ground: Ground) -> CustomerId:
    ground.arrive(MAI, OTHER)
    one = _mai(ground)
    ground.customers.add_contact(one, ContactKind.PHONE, "+84 912 345 678")
    ground.customers.add_contact(one, ContactKind.POSTAL, "5 Mai Lan Street")
    ground.customers.add_note(one, "Mai Lan rings often")
    Orders(ground.context).save(
        "Shop",
        "file",
        "shopify",
        [replace(ORDER, number="#10482", email="mai@customer.example", customer_name="Mai Lan")],
    )
    return one


def _left(ground: Ground, words: tuple[str, ...] = WORDS) -> list[str]:
    """Rows of any table in which one of these words still stands."""
    found = []
    with ground.database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                told = repr(dict(row))
                found += [f"{table.name}: {told}" for word in words if word in told]
    return found


def test_the_preview_counts_what_would_go_and_names_what_is_open(ground: Ground) -> None:
    one = _arrive(ground)
    told = Erasing(ground.context).preview(one)
    assert (told.name, told.forbidden) == ("Mai Lan", False)
    assert (told.counts.tickets, told.counts.messages, told.counts.attachments) == (1, 1, 1)
    assert (told.counts.contacts, told.counts.notes, told.counts.orders) == (3, 1, 1)
    assert len(told.open_tickets) == 1


@pytest.mark.parametrize("mode", list(EraseMode))
def test_nothing_of_a_person_is_left_in_any_row(ground: Ground, mode: EraseMode) -> None:
    one = _arrive(ground)
    proof = _erase(ground, mode, one)
    assert _left(ground) == []
    assert proof.mode is mode
    assert len(proof.identifiers) == 3  # a mail address and two phones, hashed
    assert proof.cleaned_at is not None
    assert ground.check() == ()
    assert [row.subject for row in ground.rows() if "erased" not in row.subject] == ["Other"]
    assert len(ground.rows()) == (1 if mode is EraseMode.ERASE else 2)
    with pytest.raises(Problem):
        ground.customers.record(one)
    assert ground.search.find("Mai") == ground.search.find("cv-mai.pdf")


def test_an_anonymised_ticket_keeps_its_figures(ground: Ground) -> None:
    one = _arrive(ground)
    [ticket] = [row.id for row in ground.rows() if row.subject != "Other"]
    ground.later(hours=1)
    ground.tickets.edit(ticket, TicketEdit(status=TicketStatus.CLOSED))
    before = next(row for row in ground.rows() if row.id == ticket)
    _erase(ground, EraseMode.ANONYMISE, one)
    after = next(row for row in ground.rows() if row.id == ticket)
    assert (after.number, after.status, after.created_at) == (
        before.number,
        TicketStatus.CLOSED,
        before.created_at,
    )
    orders = Orders(ground.context)
    [order] = orders.rows(orders.ids())
    assert (order.total, order.name, order.email) == (ORDER.total, "", "")


def test_old_mail_and_orders_do_not_bring_them_back(ground: Ground) -> None:
    one = _arrive(ground)
    _erase(ground, EraseMode.ERASE, one)
    ground.later(days=1)
    again = ground.arrive(MAI)
    never_seen = ground.arrive(letter("Older", message_id="old@mai.example", hours=-90))
    assert (again.erased, again.messages) == (1, 0)
    assert (never_seen.erased, never_seen.messages) == (1, 0)
    told = Orders(ground.context).save(
        "Shop", "file", "shopify", [replace(ORDER, number="#10482", email="", phone="")]
    )
    assert (told.new, told.updated) == (0, 0)
    assert _left(ground) == []
    with ground.database.reading() as connection:
        kept = connection.execute(select(func.count()).select_from(blob)).scalar_one()
    assert kept == 1  # Otto's


def test_who_writes_after_they_were_erased_is_a_new_customer(ground: Ground) -> None:
    one = _arrive(ground)
    _erase(ground, EraseMode.ERASE, one)
    at = ground.later(days=2)
    filed = ground.arrive(
        letter("Me again", message_id="new@mai.example", hours=70), internal_at=at
    )
    assert (filed.messages, filed.erased) == (1, 0)
    new = _mai(ground)
    assert new != one
    keys = [(StoneKind.MAIL, "mai@customer.example")]
    assert Erasing(ground.context).erased_before(keys) == at - timedelta(days=2)


def test_a_reply_under_way_forbids_it(ground: Ground) -> None:
    ground.arrive(MAI)
    ground.replies.send(replace(ground.replies.draft(ground.only()), body="Soon"))
    erasing = Erasing(ground.context)
    told = erasing.preview(_mai(ground))
    assert (told.waiting, told.forbidden) == (1, True)
    with pytest.raises(Problem) as refused:
        erasing.erase(told, EraseMode.ERASE)
    assert refused.value.kind is ProblemKind.TOO_LATE
    assert refused.value.details == {"what": "erase", "reason": "waiting"}
    assert ground.rows()


def test_a_legal_hold_forbids_it_until_it_ends(ground: Ground) -> None:
    ground.arrive(MAI)
    erasing, one = Erasing(ground.context), _mai(ground)
    erasing.hold(one, "Court case", ground.time + timedelta(days=10))
    assert erasing.preview(one).hold == "Court case"
    with pytest.raises(Problem):
        erasing.erase(erasing.preview(one), EraseMode.ERASE)
    ground.later(days=11)
    _erase(ground, EraseMode.ERASE, one)
    assert ground.rows() == []


def test_what_came_since_the_preview_is_not_erased_unseen(ground: Ground) -> None:
    ground.arrive(MAI)
    erasing, one = Erasing(ground.context), _mai(ground)
    agreed = erasing.preview(one)
    ground.customers.add_note(one, "Wait!")
    with pytest.raises(Problem) as refused:
        erasing.erase(agreed, EraseMode.ERASE)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE


def test_all_that_was_merged_into_them_goes_with_them(ground: Ground) -> None:
    ground.arrive(MAI, letter("Also me", sender="M. Lan <m@lan.example>", message_id="m@lan"))
    other = ground.customers.by_address("m@lan.example")
    assert other is not None
    ground.customers.edit(other, CustomerEdit(must_know="Mai Lan's private one"))
    ground.customers.merge(_mai(ground), other)
    _erase(ground, EraseMode.ERASE, other)
    assert _left(ground, (*WORDS, "M. Lan", "m@lan")) == []


def test_files_that_others_have_too_stay_theirs(ground: Ground) -> None:
    ground.arrive(MAI, OTHER)
    kept = ground.rows()[-1]
    theirs = letter(
        "See", sender="Mai Lan <mai@customer.example>", message_id="x@y", answers=("two@b",)
    )
    ground.arrive(theirs)
    ground.arrive(
        letter(
            "Otto says mai@customer.example is right",
            sender="Otto <otto@b.example>",
            message_id="q@b",
            answers=("two@b",),
        )
    )
    erasing = Erasing(ground.context)
    told = erasing.preview(_mai(ground))
    assert told.quoted_on == (kept.number,)
    erasing.erase(told, EraseMode.ERASE)
    left = _left(ground, ("mai@customer.example",))
    assert {one.partition(":")[0] for one in left} == {"message_body", "ticket"}
    assert ground.check() == ()


def test_a_tombstone_says_nothing_to_who_does_not_have_the_secret(ground: Ground) -> None:
    one = _arrive(ground)
    _erase(ground, EraseMode.ERASE, one)
    with ground.database.reading() as connection:
        rows = connection.execute(select(tombstone)).all()
    assert {row.kind for row in rows} >= {"mail", "phone", "message", "content", "order"}
    assert all(len(row.hash) == 64 for row in rows)


def test_the_export_has_every_row_mail_and_file_of_theirs(ground: Ground, tmp_path: Path) -> None:
    one = _arrive(ground)
    told = Erasing(ground.context).export(one, tmp_path / "mai.zip")
    assert (told.messages, told.originals, told.attachments, told.orders) == (1, 1, 1, 1)
    with zipfile.ZipFile(tmp_path / "mai.zip") as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))["sha256"]
        assert {name: sha256(archive.read(name)).hexdigest() for name in manifest} == manifest
        assert {*manifest} == {*names} - {"manifest.json"}
        [mail] = [name for name in names if name.endswith(".eml")]
        assert archive.read(mail) == MAI
        [file] = [name for name in names if name.startswith("files/")]
        assert archive.read(file) == b"all about Mai"
        page = archive.read("index.html").decode()
        notes = json.loads(archive.read("data/customer_note.json"))
    assert "Mai Lan rings often" in page
    assert [note["text"] for note in notes] == ["Mai Lan rings often"]
    assert "otto" not in page.casefold()


def test_a_company_of_theirs_alone_goes_with_them(ground: Ground) -> None:
    ground.arrive(MAI, OTHER)
    one, otto = _mai(ground), ground.customers.by_address("otto@b.example")
    assert otto is not None
    ground.customers.edit(one, CustomerEdit(company="Mai Lan & Co"))
    ground.customers.edit(otto, CustomerEdit(company="Otto & Sons"))
    _erase(ground, EraseMode.ANONYMISE, one)
    assert _left(ground) == []
    assert ground.customers.record(otto).company == "Otto & Sons"
