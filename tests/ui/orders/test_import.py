"""Importing an order file: what it says of bad rows, and that nothing is half-imported."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.order_files import DateOrder, OrderField
from deskapp.shops.files import PROFILES, preview_orders, read_orders
from deskapp.ui.orders.import_dialog import ImportDialog
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain

GOOD_AND_BAD = """\
Mã đơn;Ngày đặt;Khách hàng;Email;Tổng tiền
#1001;21/11/2026;Nguyễn Thị Minh Châu;chau@example.com;1.249.000
#1002;22/11/2026;陳怡君;chen@example.com;389.000
#1003;23/11/2026;Иван Соколов;ivan@example.com;<b>12x</b>
;24/11/2026;Nobody;nobody@example.com;10.000
"""
STRANGE = "kolumna;inna\nA-1;x\nA-2;y\n"


@pytest.fixture
def dialog(work: Work, shell: ShellActions, qtbot: QtBot) -> ImportDialog:
    outside = replace(
        shell.outside,
        preview_orders=preview_orders,
        read_orders=read_orders,
        profiles=lambda: tuple(PROFILES),
    )
    made = ImportDialog(work, outside)
    qtbot.addWidget(made)
    made.show()
    return made


def written(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "orders.csv"
    file.write_bytes(content.encode(encoding))
    return file


def cells(dialog: ImportDialog, row: int) -> list[str]:
    table = dialog.report.faults
    items = (table.item(row, column) for column in range(table.columnCount()))
    return [item.text() if item else "" for item in items]


def test_the_dry_run_names_each_bad_row_and_the_rest_is_imported(
    dialog: ImportDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.read_file(written(tmp_path, GOOD_AND_BAD))
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.report.summary.text() == (
        "4 rows read · 2 orders can be imported · 2 rows cannot"
    )
    assert cells(dialog, 0) == ["4", "Not an amount", "<b>12x</b>", "Tổng tiền", "#1003"]
    assert cells(dialog, 1)[:2] == ["5", "No order number"]
    assert dialog.go.text() == "Import 2 orders"
    assert desk.orders.ids() == []
    with qtbot.waitSignal(dialog.imported) as imported:
        dialog.go.click()
    assert (imported.args[0].new, imported.args[0].updated) == (2, 0)
    assert sorted(row.number for row in desk.orders.rows(desk.orders.ids())) == ["#1001", "#1002"]
    [source] = desk.orders.sources()
    assert source.name == "orders"


def test_the_same_file_again_changes_nothing(
    dialog: ImportDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    file = written(tmp_path, GOOD_AND_BAD)
    desk.orders.save("orders", "files", "generic", read_orders(file).orders)
    dialog.read_file(file)
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.imported) as imported:
        dialog.go.click()
    assert (imported.args[0].new, imported.args[0].unchanged) == (0, 2)


def test_a_header_nobody_knows_asks_for_the_order_number_and_takes_a_persons_word(
    dialog: ImportDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.read_file(written(tmp_path, STRANGE))
    qtbot.waitUntil(lambda: "which column holds the order number" in dialog.report.summary.text())
    assert not dialog.go.isEnabled()
    dialog.table.say("kolumna", OrderField.NUMBER)
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.go.text() == "Import 2 orders"


def test_a_field_belongs_to_one_column_only(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.read_file(written(tmp_path, GOOD_AND_BAD))
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.table.say("Khách hàng", OrderField.EMAIL)
    assert dialog.table.mapping()[OrderField.EMAIL] == "Khách hàng"
    assert OrderField.NAME not in dialog.table.mapping()


def test_dates_are_read_as_a_person_says(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    either = GOOD_AND_BAD.replace("21/11", "03/04").replace("22/11", "05/06")
    either = "\n".join(either.splitlines()[:3]) + "\n"
    dialog.read_file(written(tmp_path, either))
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.dates.setCurrentIndex(dialog.dates.findData(DateOrder.MONTH_FIRST))
    dialog.dates.activated.emit(dialog.dates.currentIndex())
    assert not dialog.go.isEnabled()  # nothing old can be imported while it is read anew
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog._reading is not None
    placed = dialog._reading.orders[0].placed_at
    assert placed is not None
    assert (placed.month, placed.day) == (3, 4)


def test_a_file_that_is_no_table_is_said_in_words(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.read_file(tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "gone.csv" in dialog.report.summary.text())
    assert "is not there" in dialog.report.summary.text()
    assert not dialog.go.isEnabled()


def test_an_old_encoding_is_read_all_the_same(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    content = (
        "Номер заказа;Дата;Имя;Сумма\n"
        "A-1001;21.11.2026;Иван Петрович Соколов;1 249,50\n"
        "A-1002;22.11.2026;Мария Кузнецова;389,00\n"
    )
    dialog.read_file(written(tmp_path, content, "windows-1251"))
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog._reading is not None
    assert dialog._reading.orders[0].customer_name == "Иван Петрович Соколов"


def test_every_control_has_a_name_and_labels_are_plain(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.read_file(written(tmp_path, GOOD_AND_BAD))
    qtbot.waitUntil(dialog.go.isEnabled)
    assert nameless(dialog) == []
    assert not_plain(dialog) == []
