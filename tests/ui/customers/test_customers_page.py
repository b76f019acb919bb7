"""Customers on a real desk: found, read, edited in place, merged and made two again."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.orders import OrderData, OrderStatus
from deskapp.domain.people import CustomerEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.customers.merge_dialog import MergeDialog
from deskapp.ui.customers.new_customer import NewCustomer
from deskapp.ui.customers.page import CustomersPage
from deskapp.ui.customers.timeline_line import TimelineLine
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain

LONG = "Nguyễn Phúc Hoàng Thị Minh Châu Thảo Nguyên Bảo Ngọc Quỳnh Hương"
ORDER = OrderData(number="#1001", standing=OrderStatus.PAID, email="chau@example.com")


@pytest.fixture
def chau(desk: Desk) -> CustomerId:
    return desk.customers.create("Châu", "chau@example.com", "+84 912 345 678")


@pytest.fixture
def page(
    work: Work, bridge: Bridge, shell: ShellActions, chau: CustomerId, qtbot: QtBot
) -> CustomersPage:
    made = CustomersPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitUntil(lambda: len(made.list.ids()) == 1)
    return made


@pytest.fixture
def opened(page: CustomersPage, chau: CustomerId, qtbot: QtBot) -> CustomersPage:
    page.open_customer(chau)
    qtbot.waitUntil(lambda: page.record.record is not None)
    return page


def shown(page: CustomersPage) -> str:
    return "\n".join(one.text() for one in page.record.findChildren(QLabel) if not one.isHidden())


def test_customers_stand_by_name(page: CustomersPage, desk: Desk, qtbot: QtBot) -> None:
    bao = desk.customers.create("Bảo", "bao@example.com")
    olga = desk.customers.create("olga", "olga@example.com")
    qtbot.waitUntil(lambda: len(page.list.ids()) == 3)
    assert (page.list.ids()[0], page.list.ids()[2]) == (bao, olga)


def test_customers_are_found_without_their_marks(
    page: CustomersPage, desk: Desk, qtbot: QtBot
) -> None:
    anh = desk.customers.create("Ánh", "anh@example.com")
    desk.customers.create("Иван Соколов", "ivan@example.com")
    qtbot.waitUntil(lambda: len(page.list.ids()) == 3)
    page.search("anh")
    qtbot.waitUntil(lambda: list(page.list.ids()) == [anh])


def test_an_edit_in_place_saves_only_what_changed(
    opened: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    opened.record.edit()
    editor = opened.record.editor
    assert editor is not None
    editor.name.setText(LONG)
    editor.must_know.setPlainText("<b>wool</b> allergy")
    desk.customers.add_contact(chau, ContactKind.HANDLE, "@chau")  # no field of the editor
    editor.save.click()
    qtbot.waitUntil(lambda: opened.record.editor is None)
    record = desk.customers.record(chau)
    assert (record.row.name, record.row.must_know) == (LONG, "<b>wool</b> allergy")
    qtbot.waitUntil(lambda: LONG in shown(opened) and "<b>wool</b> allergy" in shown(opened))
    assert not_plain(opened) == []


def test_a_field_that_both_changed_shows_both_and_keeps_what_was_typed(
    opened: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    opened.record.edit()
    editor = opened.record.editor
    assert editor is not None
    editor.name.setText("Minh Châu")
    desk.customers.edit(chau, CustomerEdit(name="Thị Châu", company="Lotus"))
    editor.save.click()
    qtbot.waitUntil(editor.conflict.isVisible)
    said = [one.text() for one in editor.conflict.findChildren(QLabel)]
    assert "Thị Châu" in said
    assert "Minh Châu" in said
    assert "Lotus" not in said  # that one is taken over without a question
    assert any(one.endswith(", just now") for one in said)  # who set theirs, and when
    assert desk.customers.record(chau).row.name == "Thị Châu"
    editor.conflict.keep_mine.emit()
    qtbot.waitUntil(lambda: opened.record.editor is None)
    record = desk.customers.record(chau)
    assert (record.row.name, record.company) == ("Minh Châu", "Lotus")


def test_theirs_can_be_taken_instead(
    opened: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    opened.record.edit()
    editor = opened.record.editor
    assert editor is not None
    editor.name.setText("Minh Châu")
    desk.customers.edit(chau, CustomerEdit(name="Thị Châu"))
    editor.save.click()
    qtbot.waitUntil(editor.conflict.isVisible)
    editor.conflict.take_theirs.emit()
    qtbot.waitUntil(lambda: "Thị Châu" in shown(opened))
    assert desk.customers.record(chau).row.name == "Thị Châu"


def test_changes_of_others_leave_what_is_being_typed(
    opened: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    opened.record.note.setPlainText("gọi sau 18:00")
    opened.record.contacts.value.setText("half an addr")
    desk.customers.add_note(chau, "from a colleague")
    qtbot.waitUntil(lambda: "from a colleague" in shown(opened))
    assert opened.record.note.toPlainText() == "gọi sau 18:00"
    assert opened.record.contacts.value.text() == "half an addr"


def test_leaving_with_typed_text_asks_first(
    opened: CustomersPage,
    desk: Desk,
    chau: CustomerId,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = desk.customers.create("Olga", "olga@example.com")
    opened.record.note.setPlainText("not saved")
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard]
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: answers.pop(0))
    opened._picked(other)
    assert opened._customer == chau
    assert opened.record.note.toPlainText() == "not saved"
    opened._picked(other)
    qtbot.waitUntil(lambda: "Olga" in shown(opened))
    assert opened.record.note.toPlainText() == ""


def test_contacts_are_added_preferred_and_removed(
    opened: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    contacts = opened.record.contacts
    contacts.value.setText("minh@example.com")
    contacts.add.click()
    qtbot.waitUntil(lambda: "minh@example.com" in shown(opened))
    assert contacts.value.text() == ""
    [mine] = [one for one in desk.customers.record(chau).contacts if one.value.startswith("minh")]
    contacts.wanted.emit("prefer", mine)
    qtbot.waitUntil(lambda: desk.customers.rows([chau])[0].email == "minh@example.com")
    contacts.wanted.emit("remove", mine)
    qtbot.waitUntil(contacts.notice.isVisible)
    assert desk.customers.rows([chau])[0].email == "chau@example.com"
    [put_back] = contacts.notice.findChildren(QPushButton)
    put_back.click()
    qtbot.waitUntil(lambda: desk.customers.rows([chau])[0].email == "minh@example.com")


def test_a_contact_that_does_not_fit_is_said_and_kept_in_the_field(
    opened: CustomersPage, qtbot: QtBot
) -> None:
    contacts = opened.record.contacts
    contacts.value.setText("not an address")
    contacts.add.click()
    qtbot.waitUntil(contacts.told.isVisible)
    assert "not an address" in contacts.told.text()
    assert contacts.value.text() == "not an address"


def test_the_timeline_leads_to_tickets_and_orders(
    opened: CustomersPage, desk: Desk, shell: ShellActions, qtbot: QtBot
) -> None:
    desk.orders.save("shop", "files", "generic", [ORDER])
    timeline = opened.record.timeline
    qtbot.waitUntil(lambda: any(one.isVisible() for one in timeline.findChildren(TimelineLine)))
    [line] = [one for one in timeline.findChildren(TimelineLine) if one.isVisible()]
    assert line.accessibleName().startswith("Order, #1001, paid")
    with qtbot.waitSignal(shell.order_wanted) as wanted:
        line.open()
    assert wanted.args == ["#1001"]


def test_two_records_become_one_after_a_look_and_two_again(
    opened: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    other = desk.customers.create("Chau N.", "chau.n@example.org")
    desk.orders.save("shop", "files", "generic", [replace(ORDER, email="chau.n@example.org")])
    assert opened.record.record is not None
    dialog = MergeDialog(opened._work, opened.record.record, opened)
    dialog.merged.connect(opened._merged)
    dialog.pick(other)
    qtbot.waitUntil(dialog.merge.isEnabled)
    assert ": 1 contact, 1 order. Fields" in dialog.told.text()
    dialog.merge.click()
    qtbot.waitUntil(opened.strip.isVisible)
    said = " ".join(one.text() for one in opened.strip.findChildren(QLabel))
    assert "Chau N." in said
    qtbot.waitUntil(lambda: "chau.n@example.org" in shown(opened))
    [undo] = opened.strip.findChildren(QPushButton)
    undo.click()
    qtbot.waitUntil(lambda: not opened.strip.isVisible())
    assert desk.customers.by_address("chau.n@example.org") == other
    qtbot.waitUntil(lambda: "chau.n@example.org" not in shown(opened))


def test_the_one_who_is_kept_cannot_be_picked_as_the_other(
    opened: CustomersPage, qtbot: QtBot
) -> None:
    assert opened.record.record is not None
    dialog = MergeDialog(opened._work, opened.record.record, opened)
    dialog.show()
    qtbot.waitUntil(dialog.list.stated.words.isVisible)
    assert list(dialog.list.ids()) == []


def test_a_new_customer_with_a_known_address_leads_to_who_has_it(
    page: CustomersPage, chau: CustomerId, qtbot: QtBot
) -> None:
    page.new_customer()
    [dialog] = page.findChildren(NewCustomer)
    dialog.name.setText("Somebody")
    dialog.email.setText("CHAU@example.com")
    dialog.create_one.click()
    qtbot.waitUntil(dialog.owner.isVisible)
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())  # the sentence has room
    dialog.owner.click()
    qtbot.waitUntil(lambda: page.record.record is not None)
    assert page._customer == chau


def test_a_new_customer_needs_at_least_one_fact(page: CustomersPage, qtbot: QtBot) -> None:
    page.new_customer()
    [dialog] = page.findChildren(NewCustomer)
    dialog.create_one.click()
    qtbot.waitUntil(dialog.told.isVisible)
    assert "a name, a mail address or a phone number" in dialog.told.text()


def test_every_control_has_a_name(opened: CustomersPage, desk: Desk, qtbot: QtBot) -> None:
    assert nameless(opened) == []
    opened.record.edit()
    assert nameless(opened) == []


def test_somebody_who_is_gone_is_said_and_not_a_crash(page: CustomersPage, qtbot: QtBot) -> None:
    page.open_customer(CustomerId(9999))
    qtbot.waitUntil(lambda: page.stated.words.title.text() == "Not found")
