"""Many customers in and out: a file comes twice and doubles nobody, what was typed stays."""

from pathlib import Path

import pytest
from sqlalchemy import event

from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.erasing import Erasing
from deskapp.desk.people_files import PeopleFiles
from deskapp.domain.erasing import EraseMode
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import CustomerEdit
from deskapp.domain.people_files import PeopleImport, PersonData, PersonFault, PersonField
from deskapp.shops.people import read_people

MAI = PersonData(
    row=2,
    own_id="17",
    name="Mai Lan",
    emails=("mai@b.example",),
    phones=("+84 912 345 678",),
    address="5 Hoa",
    company="Lotus",
    tags=("vip",),
    notes=("Rings often",),
    mail_ok=False,
)


@pytest.fixture
def files(context: Context) -> PeopleFiles:
    return PeopleFiles(context)


def _counts(done: PeopleImport) -> tuple[int, int, int, int]:
    return done.new, done.updated, done.unchanged, done.kept


def test_a_dry_run_counts_and_stores_nothing(files: PeopleFiles, customers: Customers) -> None:
    assert _counts(files.take([MAI, MAI], "shop.csv", dry=True)) == (1, 0, 1, 0)
    assert customers.ids() == []


def test_a_file_that_comes_again_changes_nothing(files: PeopleFiles, customers: Customers) -> None:
    assert _counts(files.take([MAI], "shop.csv")) == (1, 0, 0, 0)
    [one] = customers.ids()
    before = customers.record(one)
    assert (before.row.name, before.company, before.tags) == ("Mai Lan", "Lotus", ("vip",))
    assert (before.address, before.no_mail is not None) == ("5 Hoa", True)
    assert [note.text for note in before.notes] == ["Rings often"]
    assert _counts(files.take([MAI], "shop.csv")) == (0, 0, 1, 0)
    assert customers.record(one) == before


def test_what_the_file_wrote_may_change_and_what_a_person_typed_stays(
    files: PeopleFiles, customers: Customers
) -> None:
    files.take([MAI], "shop.csv")
    [one] = customers.ids()
    customers.edit(one, CustomerEdit(honorific="Ms."))
    newer = PersonData(
        row=2, own_id="17", name="Mai Thị Lan", emails=MAI.emails, honorific="Mrs.", address="7 Hoa"
    )
    assert _counts(files.take([newer], "shop.csv")) == (0, 1, 0, 2)
    record = customers.record(one)
    assert (record.row.name, record.honorific, record.address) == ("Mai Thị Lan", "Ms.", "5 Hoa")
    files.take([newer], "shop.csv", overwrite=True)
    record = customers.record(one)
    assert (record.honorific, record.address) == ("Mrs.", "7 Hoa")


def test_somebody_is_known_by_mail_or_phone_or_number(
    files: PeopleFiles, customers: Customers
) -> None:
    files.take([MAI], "shop.csv")
    [one] = customers.ids()
    for known in (
        PersonData(row=2, phones=("0084912345678", "+84912345678"), language="vi"),
        PersonData(row=3, own_id="17", name="Mai  LAN", language="vi"),
        PersonData(row=4, desk_id=str(one), handles=("@mai",)),
    ):
        files.take([known], "x.csv")
    assert customers.ids() == [one]
    kinds = [contact.kind for contact in customers.record(one).contacts]
    assert kinds.count(ContactKind.HANDLE) == 1


def test_a_low_number_of_another_system_is_nobody_here(
    files: PeopleFiles, customers: Customers
) -> None:
    """17 is somebody in every shop; what Shopify gives out is given once."""
    files.take([MAI, PersonData(row=3, own_id="7000000000017", name="Bo")], "shop.csv")
    others = [
        PersonData(row=2, own_id="17", name="Ivan", emails=("ivan@b.example",)),
        PersonData(row=3, desk_id="1", name="Olga", emails=("olga@b.example",)),
        PersonData(row=4, own_id="7000000000017", name="Bo Li", emails=("bo@b.example",)),
    ]
    assert _counts(files.take(others, "other.csv", dry=True)) == (2, 1, 0, 0)
    assert _counts(files.take(others, "other.csv")) == (2, 1, 0, 0)
    assert sorted(customers.record(one).row.name for one in customers.ids()) == [
        "Bo Li",
        "Ivan",
        "Mai Lan",
        "Olga",
    ]


def test_a_row_of_two_customers_or_of_somebody_erased_is_left_out(
    context: Context, files: PeopleFiles, customers: Customers
) -> None:
    customers.create("A", "a@b.example")
    customers.create("B", "b@b.example")
    gone = customers.create("C", "c@b.example")
    erasing = Erasing(context)
    erasing.erase(erasing.preview(gone), EraseMode.ERASE)
    done = files.take(
        [
            PersonData(row=2, emails=("a@b.example", "b@b.example")),
            PersonData(row=3, name="C", emails=("c@b.example",)),
            PersonData(row=4, name="D", emails=("d@b.example",)),
        ],
        "x.csv",
    )
    assert [(one.row, one.why) for one in done.faults] == [
        (2, PersonFault.TWO_CUSTOMERS),
        (3, PersonFault.ERASED),
    ]
    assert done.new == 1


@pytest.mark.parametrize("ending", ["csv", "vcf"])
def test_what_is_written_out_comes_back_without_a_change(
    files: PeopleFiles, customers: Customers, tmp_path: Path, ending: str
) -> None:
    files.take([MAI], "shop.csv")
    customers.create("=1+1", "=a@b.example", "+84 912 345 679")
    [odd] = [one for one in customers.ids() if customers.record(one).row.name == "=1+1"]
    customers.edit(odd, CustomerEdit(must_know="@SUM(A1)\n'quoted'", company="-2+3"))
    path = tmp_path / f"all.{ending}"
    write = files.write_cards if ending == "vcf" else files.write_csv
    assert write(path) == 2
    before = [customers.record(one) for one in customers.ids()]
    assert _counts(files.take(read_people(path).people, path.name)) == (0, 0, 2, 0)
    assert [customers.record(one) for one in customers.ids()] == before
    if ending == "csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert '"\'=1+1"' in path.read_text("utf-8")


def test_mappings_are_kept_by_name(files: PeopleFiles) -> None:
    files.save_profile("Old shop", {PersonField.NAME: "Who"})
    files.save_profile("Old shop", {PersonField.NAME: "Wer"})
    assert files.profiles() == {"Old shop": {PersonField.NAME: "Wer"}}


def test_many_are_taken_in_with_few_statements_and_a_dry_run_only_reads(
    context: Context, files: PeopleFiles
) -> None:
    said: list[str] = []

    def hear(*told: object) -> None:
        said.append(str(told[2]).split()[0])

    people = [
        PersonData(row=n, own_id=f"x{n}", name=f"C{n}", emails=(f"c{n}@gmail.com",), mail_ok=True)
        for n in range(300)
    ]
    engines = {context.database.reader, context.database.writer}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    assert files.take(people, "x.csv", dry=True).new == 300
    assert set(said) <= {"SELECT", "BEGIN", "PRAGMA"}
    assert files.take(people, "x.csv").new == 300
    assert files.take(people, "x.csv").unchanged == 300
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)
    assert len(said) < 100
