"""What is wrong with an order file is said by row; nothing is half taken, nothing is raised."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from deskapp.domain.order_faults import FaultKind
from deskapp.domain.order_files import Assumption, OrderField, ReadingHints
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.files import read_orders, read_table

Write = Callable[..., Path]
HEADER = "Order no,Date,Total,Product,Qty\n"


@pytest.mark.parametrize(
    ("row", "why", "column", "value"),
    [
        ("2,yesterday,5.00,Tea,1", FaultKind.BAD_DATE, "Date", "yesterday"),
        ("2,2026-02-30,5.00,Tea,1", FaultKind.BAD_DATE, "Date", "2026-02-30"),
        ("2,0206-01-01,5.00,Tea,1", FaultKind.BAD_DATE, "Date", "0206-01-01"),
        ("2,2026-03-01,five,Tea,1", FaultKind.BAD_MONEY, "Total", "five"),
        ("2,2026-03-01,12.34.5,Tea,1", FaultKind.BAD_MONEY, "Total", "12.34.5"),
        ("2,2026-03-01,#REF!,Tea,1", FaultKind.BAD_MONEY, "Total", "#REF!"),
        (",2026-03-01,5.00,Tea,1", FaultKind.MISSING_NUMBER, "Order no", ""),
        ("#N/A,2026-03-01,5.00,Tea,1", FaultKind.MISSING_NUMBER, "Order no", "#N/A"),
        ("1.23E+15,2026-03-01,5.00,Tea,1", FaultKind.DAMAGED_NUMBER, "Order no", "1.23E+15"),
        ("2,2026-03-01,5.00,Tea,-1", FaultKind.BAD_QUANTITY, "Qty", "-1"),
        ("2,2026-03-01,5.00,Tea,some", FaultKind.BAD_QUANTITY, "Qty", "some"),
        ("2,2026-03-01,5.00", FaultKind.TOO_FEW_COLUMNS, "", "2 2026-03-01 5.00"),
        ("2,2026-03-01,5,00,Tea,1", FaultKind.TOO_MANY_COLUMNS, "", "2 2026-03-01 5 00 Tea 1"),
    ],
)
def test_a_bad_row_is_named_and_the_orders_around_it_are_read(
    write: Write, row: str, why: FaultKind, column: str, value: str
) -> None:
    good = "1,2026-03-01,5.00,Tea,1\n", "3,2026-03-01,5.00,Tea,1\n"
    reading = read_orders(write(HEADER + good[0] + row + "\n" + good[1]))
    (fault,) = reading.faults
    assert (fault.row, fault.why, fault.column, fault.value) == (3, why, column, value)
    assert [order.number for order in reading.orders] == ["1", "3"]
    assert reading.rows == 3


def test_one_bad_line_leaves_its_whole_order_out(write: Write) -> None:
    rows = "1,2026-03-01,5.00,Tea,1\n1,,,Cup,many\n1,,,Pot,1\n2,2026-03-01,5.00,Tea,1\n"
    reading = read_orders(write(HEADER + rows))
    assert [order.number for order in reading.orders] == ["2"]
    assert [(fault.row, fault.number) for fault in reading.faults] == [(3, "1")]


def test_one_number_with_two_dates_is_two_orders_and_neither_is_taken(write: Write) -> None:
    rows = "1,2026-03-01,5.00,Tea,1\n2,2026-03-01,5.00,Tea,1\n1,2026-03-09,5.00,Cup,1\n"
    reading = read_orders(write(HEADER + rows))
    assert [order.number for order in reading.orders] == ["2"]
    (fault,) = reading.faults
    assert (fault.why, fault.row, fault.column) == (
        FaultKind.DUPLICATE_NUMBER_CONFLICT,
        4,
        "Date",
    )


def test_a_stray_quote_swallows_no_other_order(write: Write) -> None:
    rows = [f"{n},2026-03-01,5.00,Tea,1" for n in range(1, 9)]
    rows[2] = '3,2026-03-01,5.00,"5 inch lamp,1'
    rows[5] = '6,2026-03-01,5.00,"7 inch lamp,1'
    reading = read_orders(write(HEADER + "\n".join(rows)))
    assert [order.number for order in reading.orders] == ["1", "2", "4", "5", "7", "8"]
    assert [(fault.row, fault.why, fault.number) for fault in reading.faults] == [
        (4, FaultKind.UNCLOSED_QUOTE, "3"),
        (7, FaultKind.UNCLOSED_QUOTE, "6"),
    ]


def test_a_cell_too_large_to_be_one_is_a_fault_and_not_a_blank_row(write: Write) -> None:
    row = '2,2026-03-01,5.00,"' + '""' * 200_000
    good = "1,2026-03-01,5.00,Tea,1\n3,2026-03-01,5.00,Tea,1\n"
    reading = read_orders(write(HEADER + row + "\n" + good + "\n" + '"' * 300_000))
    # The last row may have been one more item of the order above it, so that is left out too.
    assert [order.number for order in reading.orders] == ["1"]
    assert [(fault.row, fault.why, fault.number) for fault in reading.faults] == [
        (2, FaultKind.UNCLOSED_QUOTE, ""),
        (6, FaultKind.UNCLOSED_QUOTE, "3"),
    ]


def test_a_delimiter_at_the_end_of_the_header_or_of_the_rows_is_no_column(write: Write) -> None:
    rows = '1,2026-03-01,5.00,"Tea\ngreen",1\n2,2026-03-01,5.00,Tea,1\n'
    for header, body in (
        (HEADER.replace("\n", ",\n"), rows),
        (HEADER, rows.replace(",1\n", ",1,\n")),
    ):
        reading = read_orders(write(header + body))
        assert (len(reading.orders), reading.faults) == (2, ())


def test_rows_are_numbered_by_the_line_they_begin_on(write: Write) -> None:
    reading = read_orders(write(HEADER + '1,2026-03-01,5.00,"Tea\r\ngreen",1\n\n2,soon,5,Tea,1\n'))
    assert reading.orders[0].lines[0].title == "Tea\r\ngreen"
    assert [fault.row for fault in reading.faults] == [5]


@pytest.mark.parametrize(
    ("texts", "hints", "values"),
    [
        (("1.249.000 ₫", "249.000 ₫"), ReadingHints(), (1249000, 249000)),
        (("1,249.00", "1,249"), ReadingHints(), (1249, 1249)),
        (("116,99 €", "1.249 €"), ReadingHints(), (Decimal("116.99"), 1249)),
        (("1 234,50 ₽", "1 234"), ReadingHints(), (Decimal("1234.5"), 1234)),
        (("249.000",), ReadingHints(currency="VND"), (249000,)),
        (("1.249",), ReadingHints(decimal_mark="."), (Decimal("1.249"),)),
        (("(12.50)", "-3.00", "US $4.00"), ReadingHints(), (Decimal("-12.5"), -3, 4)),
        (("1'249.50 CHF", "100 kr", "12元"), ReadingHints(), (Decimal("1249.5"), 100, 12)),
        (("1,23,456.50", "0.500"), ReadingHints(), (Decimal("123456.5"), Decimal("0.5"))),
        (("-", "n/a"), ReadingHints(), (None, None)),
    ],
)
def test_amounts_are_read_as_their_country_writes_them(
    write: Write, texts: tuple[str, ...], hints: ReadingHints, values: tuple[Decimal | None, ...]
) -> None:
    rows = "".join(f'{n}\t"{text}"\n' for n, text in enumerate(texts, 1))
    reading = read_orders(write("Order no\tTotal\n" + rows), hints=hints)
    assert reading.faults == ()
    assert tuple(order.total for order in reading.orders) == values


def test_an_amount_that_could_be_two_is_guessed_aloud_or_refused(write: Write) -> None:
    (order,) = (reading := read_orders(write("Order no;Total\n1;1.249\n"))).orders
    assert order.total == 1249
    assert (Assumption.THOUSANDS, "1.249") in [(one.what, one.value) for one in reading.assumed]
    mixed = read_orders(write("Order no;Total\n1;1.50\n2;1,50\n3;1.249\n"))
    assert [(fault.row, fault.why) for fault in mixed.faults] == [(4, FaultKind.BAD_MONEY)]


def refused(path: Path, **more: object) -> tuple[ProblemKind, dict[str, object]]:
    with pytest.raises(Problem) as caught:
        read_orders(path, **more)  # type: ignore[arg-type]
    return caught.value.kind, dict(caught.value.details)


def test_what_is_no_order_file_is_refused_with_its_reason(write: Write, tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv")[0] is ProblemKind.FILE_MISSING
    assert refused(tmp_path)[1]["reason"] == "folder"
    assert refused(write(""))[0] is ProblemKind.EMPTY
    assert refused(write("\n\n\n"))[0] is ProblemKind.EMPTY
    kind, facts = refused(write("Colour,Size\nred,5\n"))
    assert (kind, facts["missing"], facts["found"]) == (
        ProblemKind.WRONG_COLUMNS,
        "number",
        "Colour | Size",
    )
    assert refused(write(HEADER), profile="shopify")[1]["missing"] == "Name"
    assert refused(write(HEADER), mapping={OrderField.NUMBER: "Ref"})[1]["missing"] == "Ref"
    assert refused(write(HEADER), profile="nowhere")[0] is ProblemKind.NOT_FOUND
    assert refused(write(b"\xd0\xcf\x11\xe0" + b"0" * 600))[1]["reason"] == "xls"
    assert refused(write("<html><table><tr><td>Order"))[1]["reason"] == "html"
    assert refused(write(b"PK\x03\x04 not a workbook"))[1]["reason"] == "workbook"
    assert refused(write(",".join(f"c{n}" for n in range(300))))[0] is ProblemKind.WRONG_COLUMNS


def test_a_file_that_is_too_large_is_not_read(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    assert refused(path)[0] is ProblemKind.TOO_LARGE


def test_a_few_bad_bytes_in_utf8_do_not_change_the_encoding(write: Write) -> None:
    text = HEADER + "".join(f"{n},2026-03-01,5.00,Trà sữa đường đen,1\n" for n in range(1, 30))
    reading = read_orders(write(text.encode().replace("Trà".encode(), b"Tr\xc3", 1)))
    assert len(reading.orders) == 29
    assert reading.orders[1].lines[0].title == "Trà sữa đường đen"
    assert Assumption.DAMAGED_TEXT in {one.what for one in reading.assumed}


def workbook(*rows: list[object], title: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if title:
        sheet.append(["Our shop"])
        sheet = book.create_sheet("Orders")
    for row in rows:
        sheet.append(row)
    book.save(stream := io.BytesIO())
    return stream.getvalue()


def test_a_workbook_is_read_with_its_types_and_merged_looking_rows(write: Write) -> None:
    stamp = datetime(2026, 3, 1, 10, 20)  # noqa: DTZ001 a workbook knows no zones
    data = workbook(
        [
            "Mã đơn hàng",
            "Ngày đặt",
            "Tổng tiền",
            "Sản phẩm",
            "Số lượng",
            "Đơn giá",
            "Tên khách hàng",
        ],
        [20417, stamp, 1249000, "Áo", 2, 1.125, "Mai"],
        [None, None, None, "Mũ", 1, 5],
        [20418, "hôm qua", 5.5, "Tất", 1, 5, "Lan"],
        ["=1+1", stamp, 5, "Tất", 1, 5, "Vy"],
        title=True,
    )
    reading = read_orders(write(data, name="orders.xlsx"))
    (order,) = reading.orders
    assert (order.number, order.total) == ("20417", 1249000)
    assert order.placed_at == datetime(2026, 3, 1, 10, 20, tzinfo=UTC)
    assert [(line.title, line.price) for line in order.lines] == [
        ("Áo", Decimal("1.125")),
        ("Mũ", 5),
    ]
    assert [(fault.row, fault.why) for fault in reading.faults] == [
        (4, FaultKind.BAD_DATE),
        (5, FaultKind.MISSING_NUMBER),
    ]


def test_a_number_cell_is_never_taken_for_thousands(write: Write) -> None:
    data = workbook(["Order no", "Total"], [1, 1.125])
    reading = read_orders(write(data))
    assert (reading.orders[0].total, reading.assumed) == (Decimal("1.125"), ())


def test_a_cut_workbook_is_refused_and_not_half_read(write: Write) -> None:
    data = workbook(["Order no", "Total"], *([n, 5] for n in range(200)))
    for share in (0.2, 0.5, 0.9):
        kind, facts = refused(write(data[: int(len(data) * share)]))
        assert (kind, facts["reason"]) == (ProblemKind.FILE_UNREADABLE, "workbook")


def test_a_table_knows_its_encoding_delimiter_and_row_numbers(write: Write) -> None:
    table = read_table(write("sep=;\nOrder no;Total\n1;5\n\n2;6\n", "utf-8-sig"))
    assert (table.header, table.encoding, table.delimiter) == (
        ("Order no", "Total"),
        "utf-8-sig",
        ";",
    )
    assert [row.number for row in table.rows] == [3, 5]
