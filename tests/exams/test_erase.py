"""E39: 50 people are erased from a desk with real servers; every byte of it is looked through."""

import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
from sqlalchemy import select, text

from deskapp.data.packing import decompressed
from deskapp.data.tables.mail import blob
from deskapp.data.tables.tickets import message, ticket
from deskapp.desk import Desk
from deskapp.domain.erasing import EraseMode
from deskapp.domain.folding import fold
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.orders import OrderData, OrderStatus
from deskapp.domain.people import CustomerEdit
from deskapp.wiring import open_house
from tests.desk.letters import letter
from tests.stories.shop import Shop

PEOPLE, ERASED = 60, 50
SLICE = 24  # bytes of something packed that nobody else's has by chance
NAMES = ("Nguyễn Thị Ánh", "Иван Соколов", "王小明", "Olga Brandt", "Trần Đức")

Marks = Mapping[str, bytes]


@dataclass(frozen=True)
class Person:
    number: int

    @property
    def word(self) -> str:
        return f"zq{sha256(str(self.number).encode()).hexdigest()[:10]}"

    @property
    def name(self) -> str:
        return f"{NAMES[self.number % len(NAMES)]} {self.word}nam"

    @property
    def address(self) -> str:
        return f"{self.word}mail@{self.word}dom.example"

    @property
    def phone(self) -> str:
        return f"+8491{2000000 + self.number * 7919}"

    def mails(self) -> list[bytes]:
        first = f"{self.word}id1@{self.word}dom.example"
        return [
            letter(
                f"{self.word}body Where is it? I am {self.name}, {self.phone}",
                subject=f"{self.word}subject",
                sender=f"{self.name} <{self.address}>",
                message_id=first,
                hours=self.number / 10,
                file=(f"{self.word}file.bin", f"{self.word}inside ".encode() * 20),
            ),
            letter(
                f"{self.word}again",
                subject=f"Re: {self.word}subject",
                sender=f"{self.name} <{self.address}>",
                message_id=f"{self.word}id2@{self.word}dom.example",
                answers=(first,),
                hours=self.number / 10 + 1,
            ),
        ]

    def order(self) -> OrderData:
        return OrderData(
            number=f"{self.word}order",
            standing=OrderStatus.PAID,
            email=self.address,
            customer_name=self.name,
            shipping_address=f"{self.word}street 5",
        )

    def marks(self) -> Marks:
        """What must be found nowhere: any word of theirs, however it is spelt in an index."""
        return {
            "word": self.word.encode(),
            "phone": self.phone.encode(),
            "digits": self.phone[3:].encode(),
            "folded": fold(self.word).encode(),
        }


def test_fifty_people_are_erased_and_nothing_of_them_is_left(
    shop: Shop, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    people = [Person(number) for number in range(PEOPLE)]
    gone = people[:ERASED]
    for person in people:
        shop.account.deliver(*person.mails())
    shop.run("engine", "--once")
    desk = open_house(shop.url, agent_name="Anna")
    ids = _known_whole(desk, people)
    marks = {
        **_packed(desk, gone),
        **{f"{p.number}-{n}": m for p in gone for n, m in p.marks().items()},
    }
    places = _places(desk, shop)
    _write_out(desk)
    before = _hits(places(), marks)
    exported = sum(_export(desk, ids[person], tmp_path) for person in gone)
    begun = time.monotonic()
    for place, person in enumerate(gone):
        mode = EraseMode.ANONYMISE if place % 2 else EraseMode.ERASE
        desk.erasing.erase(desk.erasing.preview(ids[person]), mode)
    took = time.monotonic() - begun
    desk.close()
    _write_out(desk := open_house(shop.url))
    desk.close()
    after = _hits(places(), marks)
    desk = open_house(shop.url, agent_name="Anna")
    assert all(proof.cleaned_at for proof in desk.erasing.proofs())

    shop.account.renew_uidvalidity()
    shop.run("engine", "--once")
    shop.run("engine", "--once")
    box = tmp_path / "mails"
    box.mkdir()
    for person in people:
        for number, raw in enumerate(person.mails()):
            (box / f"{person.number}-{number}.eml").write_bytes(raw)
    shop.run("import", str(box))
    desk.orders.save("Shop", "file", "shopify", [person.order() for person in people])
    back = [person for person in gone if desk.customers.by_address(person.address) is not None]
    stay = [person for person in people[ERASED:] if desk.customers.by_address(person.address)]
    desk.erasing.wipe()
    found = desk.upkeep.check()
    _write_out(desk)
    desk.close()
    again = _hits(places(), marks)
    tell(
        f"{ERASED} people in {took:.1f} s; hits before {sum(before.values())}, after "
        f"{sum(after.values())}, after re-sync, re-import and orders {sum(again.values())} "
        f"({len(marks)} marks in each file); {len(back)} resurrected; {exported} files exported; "
        f"in the server's own log: {_wal_hits(shop, marks)}"
    )
    assert sum(before.values()) > ERASED * 3
    assert (sorted(after)[:9], sorted(again)[:9]) == ([], [])
    assert back == []
    assert len(stay) == PEOPLE - ERASED
    assert found == ()


def _known_whole(desk: Desk, people: Iterable[Person]) -> dict[Person, CustomerId]:
    ids = {}
    for person in people:
        one = desk.customers.by_address(person.address)
        assert one is not None
        ids[person] = one
        desk.customers.edit(one, CustomerEdit(must_know=f"{person.word}know"))
        desk.customers.edit(one, CustomerEdit(company=f"{person.word}firm"))
        desk.customers.add_contact(one, ContactKind.PHONE, person.phone)
        desk.customers.add_note(one, f"{person.word}note")
    desk.orders.save("Shop", "file", "shopify", [person.order() for person in people])
    return ids


def _packed(desk: Desk, gone: Iterable[Person]) -> Marks:
    """Slices of what is stored compressed: no word of it can be read in a file."""
    addresses = [person.address for person in gone]
    marks = {}
    with desk.database.reading() as connection:
        for row in connection.execute(select(blob.c.sha256, blob.c.bytes)):
            raw = next((a for a in addresses if a.encode() in decompressed(row.bytes)), None)
            if raw is not None:
                middle = len(row.bytes) // 2
                marks[f"blob {row.sha256[:8]}"] = bytes(row.bytes[middle : middle + SLICE])
    return marks


def _export(desk: Desk, one: CustomerId, folder: Path) -> int:
    """One person's archive, held against the desk by count and by content."""
    path = folder / f"{one}.zip"
    told = desk.erasing.export(one, path)
    assert (told.messages, told.originals, told.attachments, told.orders) == (2, 2, 1, 1)
    with desk.database.reading() as connection:
        rows = connection.execute(
            select(message.c.id, message.c.sha256)
            .join(ticket, ticket.c.id == message.c.ticket_id)
            .where(ticket.c.customer_id == one)
        ).all()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        mails = {name: archive.read(name) for name in names if name.endswith(".eml")}
        assert {
            (name.rpartition("-")[2], sha256(raw).hexdigest()) for name, raw in mails.items()
        } == {(f"{row.id}.eml", row.sha256) for row in rows}
    path.unlink()
    return len(names)


def _places(desk: Desk, shop: Shop) -> Callable[[], list[Path]]:
    """Every file of the desk and of the program's own folder."""
    if desk.database.is_sqlite:
        file = Path(str(desk.database.url.database))
        return lambda: [*file.parent.glob(f"{file.name}*"), *_files(shop.home)]
    with desk.database.reading() as connection:
        folder = connection.execute(text("SHOW data_directory")).scalar_one()
        oid = connection.execute(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        ).scalar_one()
    return lambda: [*_files(Path(folder) / "base" / str(oid)), *_files(shop.home)]


def _write_out(desk: Desk) -> None:
    """PostgreSQL keeps what is new in memory; now it is in the files."""
    if not desk.database.is_sqlite:
        with desk.database.writer.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.execute(text("CHECKPOINT"))


def _files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def _hits(files: Iterable[Path], marks: Marks) -> dict[str, int]:
    found: dict[str, int] = {}
    for file in files:
        data = file.read_bytes()
        for name, mark in marks.items():
            if mark in data:
                found[f"{file.name}: {name}"] = found.get(f"{file.name}: {name}", 0) + 1
    return found


def _wal_hits(shop: Shop, marks: Marks) -> str:
    if not shop.url.startswith("postgresql"):
        return "none has one"
    with psycopg.connect(shop.url.replace("+psycopg", "")) as connection:
        [folder] = connection.execute("SHOW data_directory").fetchone() or [""]
    return f"{len(_hits(_files(Path(folder) / 'pg_wal'), marks))} (out of a client's reach)"
