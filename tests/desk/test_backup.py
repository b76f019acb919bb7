"""A backup is proven, the same from both databases, and a restore is the desk again."""

import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deskapp.data import backup
from deskapp.data.backup_file import proven
from deskapp.data.database import Database
from deskapp.data.tables.tickets import message
from deskapp.desk import Desk
from deskapp.desk.upkeep import restore
from deskapp.domain.erasing import EraseMode
from deskapp.domain.kinds import View
from deskapp.domain.mail import Address
from deskapp.domain.orders import OrderData
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.wiring import open_house
from tests.servers.blank_desk import put_blank_desk

from .ground import Ground
from .letters import letter


@pytest.fixture
def kept(ground: Ground) -> Ground:
    """Letters in three scripts, a reply that waits, and an order."""
    ground.arrive(
        letter(message_id="a@c.example"),
        letter("我想退貨", sender="王小明 <w@c.example>", message_id="b@c.example", hours=1),
        letter("Где мои заказы?", sender="Анна <a@c.example>", message_id="c@c.example", hours=2),
    )
    draft = ground.replies.draft(ground.tickets.by_number(1))
    ground.replies.send(replace(draft, body="It left."))
    desk = Desk(ground.database, ground.context.mail)
    desk.orders.save("Shop", "file", "generic", [OrderData("#1001", email="mai@customer.example")])
    a, b = (desk.customers.by_address(one) for one in ("w@c.example", "a@c.example"))
    assert a is not None
    assert b is not None
    desk.customers.merge(a, b)
    return ground


def _desk(ground: Ground) -> Desk:
    return Desk(ground.database, ground.context.mail)


def _told(desk: Desk) -> dict[str, object]:
    """What people would see of a desk."""
    ids = desk.tickets.view_ids(View.ALL)
    talks = [desk.tickets.conversation(one) for one in sorted(ids)]
    return {
        "texts": [[(one.text, one.sha256, one.at) for one in talk.messages] for talk in talks],
        "rows": [(t.ticket.number, t.ticket.subject, t.ticket.customer_name) for t in talks],
        "events": [[replace(one) for one in talk.events] for talk in talks],
        "found": [len(desk.search.find(words)) for words in ("退货", "заказ", "parcel", "1001")],
        "orders": [row.number for row in desk.orders.find("1001")],
    }


def test_a_backup_becomes_the_same_desk_on_either_database(
    kept: Ground, tmp_path: Path, postgres_url: str, request: pytest.FixtureRequest
) -> None:
    before = _told(_desk(kept))
    copied = _desk(kept).upkeep.backup(tmp_path / "backup.db")
    assert copied.rows["message"] == 4
    targets = [str(tmp_path / "new.db")]
    if kept.database.is_sqlite:
        targets.append(postgres_url)
    for target in targets:
        restored = restore(target, tmp_path / "backup.db")
        assert restored.rows == copied.rows
        desk = open_house(target)
        try:
            assert _told(desk) == before
            assert desk.upkeep.check() == ()
            made = desk.tickets.new_ticket(Address("", "new@c.example"), "New", None)
            assert desk.tickets.row(made).number == 4  # it counts on, nothing collides
        finally:
            desk.close()


def test_a_reply_that_waited_is_never_sent_by_a_restored_desk(kept: Ground, tmp_path: Path) -> None:
    _desk(kept).upkeep.backup(tmp_path / "backup.db")
    assert restore(str(tmp_path / "new.db"), tmp_path / "backup.db").unsettled == 1
    desk = open_house(str(tmp_path / "new.db"))
    try:
        [row] = desk.replies.outbox()
        assert row.state == "uncertain"
        assert "backup" in row.last_error
    finally:
        desk.close()


def test_a_backup_while_mail_pours_in_is_sound(kept: Ground, tmp_path: Path) -> None:
    stop = threading.Event()

    def pour() -> None:
        for number in range(10_000):
            if stop.is_set():
                return
            kept.arrive(letter(f"mail {number}", message_id=f"{number}@pour.example"))

    pouring = threading.Thread(target=pour)
    pouring.start()
    try:
        copies = [_desk(kept).upkeep.backup(tmp_path / f"{one}.db") for one in range(3)]
    finally:
        stop.set()
        pouring.join()
    for one, copied in enumerate(copies):
        with sqlite3.connect(tmp_path / f"{one}.db") as reader:
            [count] = reader.execute("SELECT count(*) FROM message").fetchone()
        reader.close()
        assert count == copied.rows["message"]


def test_a_backup_while_orders_are_deleted_is_sound(
    kept: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = _desk(kept)

    def removed_meanwhile(copied: Path) -> dict[str, int]:
        desk.order_sources.remove(desk.order_sources.by_name("Shop"), keep_orders=False)
        return proven(copied)

    monkeypatch.setattr(backup, "proven", removed_meanwhile)
    assert desk.upkeep.backup(tmp_path / "backup.db").rows["shop_order"] == 1
    assert desk.orders.ids() == []


def test_restoring_keeps_the_old_desk_beside_and_no_stale_log_is_read(
    kept: Ground, tmp_path: Path
) -> None:
    _desk(kept).upkeep.backup(tmp_path / "backup.db")
    place = tmp_path / "used.db"
    used = open_house(put_blank_desk(place))
    used.intake.import_mails([letter("only here", message_id="x@c.example")])
    used.close()
    (tmp_path / "used.db-wal").write_bytes(b"stale")
    restored = restore(str(place), tmp_path / "backup.db")
    old = open_house(restored.kept)
    assert len(old.search.find("only here")) == 1
    old.close()
    desk = open_house(str(place))
    assert desk.search.find("only here") == ()
    assert desk.upkeep.check() == ()
    desk.close()


def test_who_was_erased_since_the_backup_is_erased_again(kept: Ground, tmp_path: Path) -> None:
    _desk(kept).upkeep.backup(tmp_path / "backup.db")
    place = tmp_path / "other.db"
    assert not restore(str(place), tmp_path / "backup.db").erasures_known
    with closing(open_house(str(place))) as desk:
        gone, waits = (
            desk.customers.by_address(one) for one in ("w@c.example", "mai@customer.example")
        )
        assert gone is not None
        assert waits is not None
        [reply] = desk.replies.outbox()
        desk.replies.uncertain_was_sent(reply.id, True)
        for one in (gone, waits):
            desk.erasing.erase(desk.erasing.preview(one), EraseMode.ERASE)
    restored = restore(str(place), tmp_path / "backup.db")
    assert (restored.erasures_known, restored.erased_again) == (True, 1)
    assert restored.erased_left == (waits,)  # whose reply may have been sent: a person decides
    with closing(open_house(str(place))) as desk:
        assert desk.customers.by_address("w@c.example") is None
        assert desk.upkeep.check() == ()
        assert len(desk.erasing.proofs()) == 3


def test_a_damaged_desk_can_be_replaced(kept: Ground, tmp_path: Path) -> None:
    _desk(kept).upkeep.backup(tmp_path / "backup.db")
    place = tmp_path / "broken.db"
    place.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    restored = restore(str(place), tmp_path / "backup.db")
    assert Path(restored.kept).read_bytes().startswith(b"SQLite format 3\x00\xff")
    open_house(str(place)).close()


@pytest.mark.parametrize("fault", ["flipped", "cut", "other", "newer"])
def test_what_is_no_sound_backup_changes_nothing(tmp_path: Path, fault: str) -> None:
    place, backup = tmp_path / "desk.db", tmp_path / "backup.db"
    desk = open_house(put_blank_desk(place))
    desk.intake.import_mails(
        [letter("x" * 3000, message_id=f"{one}@c.example") for one in range(9)]
    )
    desk.upkeep.backup(backup)
    desk.close()
    _spoil(backup, fault)
    before = place.read_bytes()
    with pytest.raises(Problem) as refused:
        restore(str(place), backup)
    wanted = ProblemKind.SCHEMA_NEWER if fault == "newer" else ProblemKind.BACKUP_INVALID
    assert refused.value.kind is wanted
    assert place.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup.db", "desk.db"]


def _spoil(backup: Path, fault: str) -> None:
    data = bytearray(backup.read_bytes())
    if fault == "flipped":
        data[4096 * 3 : 4096 * 4] = bytes(4096)
    elif fault == "cut":
        del data[len(data) // 2 :]
    elif fault == "other":
        data = bytearray(b"This is a letter and no database at all. " * 200)
    backup.write_bytes(data)
    if fault == "newer":
        with sqlite3.connect(backup) as writer:
            writer.execute("UPDATE alembic_version SET version_num = '9999'")
        writer.close()


def test_a_desk_in_use_is_not_replaced_under_its_users(kept: Ground, tmp_path: Path) -> None:
    _desk(kept).upkeep.backup(tmp_path / "backup.db")
    place = tmp_path / "used.db"
    used = open_house(put_blank_desk(place))
    used.tickets.counts()
    try:
        with pytest.raises(Problem) as refused:
            restore(str(place), tmp_path / "backup.db")
        assert refused.value.kind is ProblemKind.DATABASE_BUSY
        used.intake.import_mails([letter(message_id="x@c.example")])
    finally:
        used.close()


def test_a_database_server_with_a_desk_in_use_is_not_replaced(
    tmp_path: Path, desk_on_postgres: str
) -> None:
    source = open_house(put_blank_desk(tmp_path / "source.db"))
    source.upkeep.backup(tmp_path / "backup.db")
    source.close()
    used = open_house(desk_on_postgres)
    used.intake.import_mails([letter(message_id="x@c.example")])
    used.close()
    with pytest.raises(Problem) as refused:
        restore(desk_on_postgres, tmp_path / "backup.db")
    assert refused.value.kind is ProblemKind.DUPLICATE
    database = Database(desk_on_postgres)
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar() == 1
    database.close()


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(
    kept: Ground, tmp_path: Path
) -> None:
    place = tmp_path / "backup.db"
    _desk(kept).upkeep.backup(place)
    assert place.stat().st_mode & 0o077 == 0
    shutil.copy(place, tmp_path / "copy.db")
    with pytest.raises(Problem) as refused:
        _desk(kept).upkeep.backup(place)
    assert refused.value.kind is ProblemKind.FILE_EXISTS
    assert place.read_bytes() == (tmp_path / "copy.db").read_bytes()
