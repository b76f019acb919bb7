"""The small windows of the Inbox: tags, and a ticket that we begin."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.entries import Channel, Entry, Heard
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.links import read_mail_link
from deskapp.ui.inbox.entry_dialog import EntryDialog
from deskapp.ui.inbox.entry_words import entry_line
from deskapp.ui.inbox.hand_over_dialog import Begun, HandOverDialog
from deskapp.ui.inbox.merge_dialog import MergeDialog
from deskapp.ui.inbox.new_ticket import NewTicketDialog
from deskapp.ui.inbox.tags_dialog import TagsDialog
from deskapp.ui.pieces import form
from deskapp.ui.shell_actions import ShellActions
from tests.ui.compose.counter import Counter


def tags_dialog(qtbot: QtBot, *tags: str, several: bool = False) -> TagsDialog:
    dialog = TagsDialog(tags, ("delivery", "refund", "Rückgabe"), several=several)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def field(window: QWidget, name: str) -> QLineEdit:
    return next(one for one in window.findChildren(QLineEdit) if one.accessibleName() == name)


def buttons(window: QWidget) -> dict[str, QPushButton]:
    return {one.text(): one for one in window.findChildren(QPushButton)}


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("delivery, refund", ("delivery", "refund")),
        ("退货，发票、急", ("退货", "发票", "急")),
        (" refund ,, refund,", ("refund",)),
        ("", ()),
    ],
)
def test_tags_are_written_with_any_comma_and_each_once(
    written: str, tags: tuple[str, ...], qtbot: QtBot
) -> None:
    dialog = tags_dialog(qtbot)
    field(dialog, "Tags").setText(written)
    assert dialog.tags() == tags


def test_a_known_tag_completes_behind_the_ones_before_it(qtbot: QtBot) -> None:
    dialog = tags_dialog(qtbot, "delivery")
    line = field(dialog, "Tags")
    line.setText("delivery, ")
    qtbot.keyClicks(line, "ref")
    popup = line.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert dialog.tags() == ("delivery", "refund")


def test_the_buttons_name_what_they_do(qtbot: QtBot) -> None:
    assert set(buttons(tags_dialog(qtbot))) == {"Cancel", "Save tags"}
    assert set(buttons(tags_dialog(qtbot, several=True))) == {"Cancel", "Add tags"}


def test_a_new_ticket_is_begun_with_a_name_and_an_address(
    counter: Counter, shell: ShellActions, qtbot: QtBot
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = NewTicketDialog(counter.work, shell, host)
    dialog.open()
    qtbot.waitUntil(lambda: dialog._from.count() == 1)
    qtbot.keyClicks(field(dialog, "Customer's address"), "Tom Becker <tom@customer.example>")
    qtbot.keyClicks(field(dialog, "Subject"), "Your parcel")
    with qtbot.waitSignal(dialog.made) as made:
        qtbot.keyClick(field(dialog, "Subject"), Qt.Key.Key_Return)
    row = counter.desk.tickets.conversation(TicketId(made.args[0])).ticket
    assert (row.subject, row.customer_name) == ("Your parcel", "Tom Becker")


@pytest.mark.parametrize("typed", ["", "Tom Becker", "tom@", "@customer.example", "a b@c.example"])
def test_what_is_no_address_is_said_and_begins_nothing(
    typed: str, counter: Counter, shell: ShellActions, qtbot: QtBot
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = NewTicketDialog(counter.work, shell, host)
    dialog.open()
    field(dialog, "Customer's address").setText(typed)
    before = counter.desk.tickets.view_ids("all")
    buttons(dialog)["Start writing"].click()
    counter.settle()
    assert dialog.isVisible()
    assert dialog.told.text().startswith("Write the customer's mail address")
    assert counter.desk.tickets.view_ids("all") == before


def test_a_link_that_names_copies_says_so(
    counter: Counter, shell: ShellActions, qtbot: QtBot
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    link = read_mail_link("mailto:mai@c.example,tom@c.example?cc=boss@c.example&subject=Parcel")
    dialog = NewTicketDialog(counter.work, shell, host, link)
    dialog.open()
    assert field(dialog, "Customer's address").text() == "mai@c.example"
    [told] = [one.text() for one in dialog.findChildren(QLabel) if "also names" in one.text()]
    assert "tom@c.example, boss@c.example" in told
    counter.settle()


def test_a_call_is_put_on_the_ticket_with_what_came_of_it(counter: Counter, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = EntryDialog(counter.ticket, date(2026, 11, 22), counter.work, host)
    dialog.open()
    buttons(dialog)["Put on the ticket"].click()
    assert dialog.told.text() == "Write what was said, or what came of it."
    form.choose(dialog.way, Entry(Channel.CALL, Heard.OUT))
    qtbot.keyClicks(field(dialog, "With"), "0912 345 678")
    qtbot.keyClicks(field(dialog, "Minutes"), "7")
    qtbot.keyClicks(field(dialog, "Outcome"), "Resend")
    dialog.follow_up.chosen.setChecked(True)
    with qtbot.waitSignal(dialog.written):
        buttons(dialog)["Put on the ticket"].click()
    last = counter.desk.tickets.conversation(counter.ticket).messages[-1]
    wanted = Entry(Channel.CALL, Heard.OUT, "0912 345 678", 7, "Resend", date(2026, 11, 23))
    assert last.entry == wanted
    assert entry_line(wanted).startswith("Call to the customer  ·  0912 345 678  ·  7 min")


def test_a_matter_is_handed_over_and_words_are_kept_until_it_is(
    counter: Counter, qtbot: QtBot
) -> None:
    host, desk = QWidget(), counter.desk
    qtbot.addWidget(host)
    desk.teams.add("Kho")
    begun: list[Begun] = []
    dialog = HandOverDialog(counter.ticket, counter.work, host)
    dialog.left.connect(begun.append)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.to.count() == 2)
    assert dialog.to.currentText() == "Team Kho" and dialog.address.isHidden()
    qtbot.keyClicks(dialog.needed, "Count the shelf")
    dialog.reject()
    [words] = begun
    dialog = HandOverDialog(counter.ticket, counter.work, host, words)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.to.count() == 2)
    dialog.to.setCurrentIndex(1)
    assert not dialog.address.isHidden() and dialog.who.isHidden()
    dialog.address.setText("nobody")
    dialog.send.click()
    qtbot.waitUntil(lambda: "nobody" in dialog.told.text())
    assert dialog.needed.toPlainText() == "Count the shelf"
    dialog.address.setText("kho@partner.example")
    with qtbot.waitSignal(dialog.handed):
        dialog.send.click()
    assert desk.tickets.row(counter.ticket).status is TicketStatus.ON_HOLD
    assert [one.address for one in desk.hand_overs.departments()] == ["kho@partner.example"]


def test_two_tickets_become_one_and_both_numbers_lead_there(counter: Counter, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    rows = counter.desk.tickets.rows([counter.ticket, counter.other])
    dialog = MergeDialog(rows, counter.work, host)
    dialog.open()
    assert any("different customers" in one.text() for one in dialog.findChildren(QLabel))
    dialog.choice.button(1).setChecked(True)
    with qtbot.waitSignal(dialog.merged) as merged:
        buttons(dialog)["Merge"].click()
    kept = max(rows, key=lambda row: row.number)
    assert merged.args[0][0] == kept.id
    assert {counter.desk.tickets.by_number(row.number) for row in rows} == {kept.id}
    assert len(counter.desk.tickets.conversation(kept.id).messages) == 2


def test_one_ticket_is_merged_into_a_number_and_a_wrong_number_is_told(
    counter: Counter, qtbot: QtBot
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    [row] = counter.desk.tickets.rows([counter.ticket])
    dialog = MergeDialog([row], counter.work, host)
    dialog.open()
    field(dialog, "Merge into ticket").setText("99999")
    buttons(dialog)["Merge"].click()
    counter.settle()
    assert dialog.isVisible()
    assert dialog.told.text()
    other = counter.desk.tickets.row(counter.other)
    field(dialog, "Merge into ticket").setText(f"#{other.number}")
    with qtbot.waitSignal(dialog.merged):
        buttons(dialog)["Merge"].click()
    assert counter.desk.tickets.by_number(row.number) == counter.other
