"""The audit finds what was broken by hand; the export holds everything."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update

from deskapp.data.tables.mail import blob, folder, server_mail
from deskapp.data.tables.replies import outbox
from deskapp.data.tables.search import search_row
from deskapp.data.tables.tickets import message, message_body, ticket
from deskapp.desk.upkeep import Upkeep
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.upkeep import FindingKind

from .ground import Ground
from .letters import START, letter


@pytest.fixture
def kept(ground: Ground) -> Ground:
    """Two tickets, a reply, a note, a merge and a split: all that a desk does to its sums."""
    ground.arrive(
        letter(message_id="a@c.example"),
        letter("Any news?", message_id="b@c.example", answers=("a@c.example",), hours=1),
        letter("Another", sender="Olaf <o@c.example>", message_id="c@c.example", hours=2),
        letter("Third", sender="Piet <p@c.example>", message_id="d@c.example", hours=3),
    )
    first = ground.tickets.by_number(1)
    draft = ground.replies.draft(first)
    ground.replies.send(ground.replies.save(_with_body(draft, "It left.")))
    ground.tickets.note(first, "Asked the carrier.")
    ground.tickets.edit(first, TicketEdit(status=TicketStatus.SOLVED))
    ground.tickets.merge(ground.tickets.by_number(3), ground.tickets.by_number(2))
    moved = ground.tickets.conversation(ground.tickets.by_number(2)).messages[0].id
    ground.tickets.split(ground.tickets.by_number(2), [moved])
    return ground


def _with_body(draft, body):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(draft, body=body)


def _found(ground: Ground) -> set[FindingKind]:
    return {one.kind for one in Upkeep(ground.context).check()}


def test_a_desk_that_was_worked_on_is_sound(kept: Ground) -> None:
    assert Upkeep(kept.context).check() == ()


BROKEN = {
    FindingKind.BYTES_CHANGED: update(blob).values(size=blob.c.size + 1),
    FindingKind.TICKET_SUMS: update(ticket)
    .where(ticket.c.number == 1)
    .values(message_count=ticket.c.message_count + 1),
    FindingKind.NOT_SEARCHABLE: delete(search_row).where(search_row.c.kind == "message"),
    FindingKind.MESSAGE_WITHOUT_TEXT: delete(message_body),
    FindingKind.OUTBOX: update(outbox).values(state="sent", sent_at=None),
    FindingKind.SEARCH_LEFTOVER: update(search_row)
    .where(search_row.c.kind == "message")
    .values(ref_id=search_row.c.ref_id + 10_000),
}


@pytest.mark.parametrize("kind", BROKEN, ids=str)
def test_the_audit_finds_what_was_broken(kept: Ground, kind: FindingKind) -> None:
    with kept.database.writing() as unit:
        unit.connection.execute(BROKEN[kind])
    assert kind in _found(kept)


def test_the_audit_finds_bytes_that_were_exchanged(kept: Ground) -> None:
    with kept.database.writing() as unit:
        names = list(unit.connection.execute(select(blob.c.sha256)).scalars())
        other = unit.connection.execute(select(blob).where(blob.c.sha256 == names[0])).one()
        values = {"bytes": other.bytes, "size": other.size}
        unit.connection.execute(update(blob).where(blob.c.sha256 == names[1]).values(values))
    [finding] = Upkeep(kept.context).check()
    assert (finding.kind, finding.count) == (FindingKind.BYTES_CHANGED, 1)
    assert finding.example == f"blob {names[1]}"


def test_the_audit_finds_a_ledger_row_without_its_bytes_or_message(kept: Ground) -> None:
    with kept.database.writing() as unit:
        place = unit.connection.execute(select(folder.c.id).limit(1)).scalar_one()
        row = {"folder_id": place, "uidvalidity": 7, "state": "stored", "first_seen_at": START}
        unit.connection.execute(insert(server_mail), {**row, "uid": 1, "filed_at": START})
    assert _found(kept) == {FindingKind.LEDGER_WITHOUT_BYTES, FindingKind.FILED_WITHOUT_MESSAGE}


def test_the_audit_finds_a_lost_message_row_on_sqlite(kept: Ground) -> None:
    if not kept.database.is_sqlite:
        pytest.skip("PostgreSQL does not let a row go that others point at")
    with kept.database.writer.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("DELETE FROM message WHERE id = 1")
        driver.execute("PRAGMA foreign_keys=ON")
    assert FindingKind.FOREIGN_KEY in _found(kept)


def test_an_export_holds_every_message_with_its_bytes(kept: Ground, tmp_path: Path) -> None:
    held = b"Subject: held\n\nnot read yet\n"
    with kept.database.writing() as unit:
        from deskapp.data.queries.blobs import put_blob

        name = put_blob(unit.connection, held)
        place = unit.connection.execute(select(folder).where(folder.c.name == "INBOX")).one()
        row = {"folder_id": place.id, "uidvalidity": 7, "state": "held", "first_seen_at": START}
        unit.connection.execute(
            insert(server_mail), {**row, "uid": 5, "sha256": name, "reason": "nesting"}
        )
        filed = select(message.c.id, message.c.sha256).where(message.c.message_id == "a@c.example")
        one = unit.connection.execute(filed).one()
        values = {**row, "state": "stored", "uid": 6, "sha256": one.sha256, "filed_at": START}
        unit.connection.execute(insert(server_mail), {**values, "message_id": one.id})
    written = Upkeep(kept.context).export(tmp_path / "out")
    lines = [
        json.loads(line) for line in (tmp_path / "out" / "messages.jsonl").read_text().splitlines()
    ]
    assert written.messages == len(lines) == 7
    by_id = {line["message_id"]: line for line in lines}
    assert (by_id["a@c.example"]["folder"], by_id["a@c.example"]["uid"]) == ("INBOX", 6)
    [waiting] = [line for line in lines if line["state"] == "held"]
    assert (waiting["uid"], waiting["reason"]) == (5, "nesting")
    for line in lines:
        if line["sha256"]:
            raw = (tmp_path / "out" / "eml" / f"{line['sha256']}.eml").read_bytes()
            assert hashlib.sha256(raw).hexdigest() == line["sha256"]
    assert (tmp_path / "out" / "eml" / f"{name}.eml").read_bytes() == held
    tickets = (tmp_path / "out" / "tickets.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["status"] for line in tickets} >= {"solved", "merged"}


def test_an_export_does_not_touch_a_folder_that_holds_something(
    kept: Ground, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("keep", "utf-8")
    with pytest.raises(Problem) as refused:
        Upkeep(kept.context).export(tmp_path)
    assert refused.value.kind is ProblemKind.FILE_EXISTS
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".txt"] == ["mine.txt"]
    assert not tmp_path.with_name(tmp_path.name + ".part").exists()


def test_the_audit_reads_one_state_while_others_write(kept: Ground) -> None:
    from deskapp.data.audit import audit
    from deskapp.data.snapshot import snapshot

    with snapshot(kept.database) as connection:
        connection.execute(text("SELECT count(*) FROM ticket"))
        kept.tickets.note(TicketId(1), "written meanwhile")
        with kept.database.writing() as unit:
            unit.connection.execute(update(ticket).values(message_count=99))
        assert audit(connection) == ()
