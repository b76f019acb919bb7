"""Returns, order forms and acts in shops in their windows, over a real desk and a till."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.act_states import ActState
from deskapp.domain.ids import OrderId, TicketId
from deskapp.domain.mail import Address
from deskapp.domain.order_acts import ActKind
from deskapp.domain.order_forms import FormKind, FormState
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.return_cases import RefundState, ReturnState
from deskapp.engine.holders import new_holder
from deskapp.engine.order_acts import ActClerk
from deskapp.ui.bridge import Bridge
from deskapp.ui.order_work.act_form import ActForm
from deskapp.ui.order_work.act_sheet import ActSheet
from deskapp.ui.order_work.deals import TicketDeals
from deskapp.ui.order_work.limits_part import LimitsPart
from deskapp.ui.order_work.new_return import NewReturn
from deskapp.ui.order_work.order_form_dialog import OrderFormDialog
from deskapp.ui.order_work.return_dialog import ReturnSheet
from deskapp.ui.order_work.window import OrderWork
from deskapp.ui.pieces import form
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.desk.bought import order_data
from tests.engine.till_shop import Fault, TillShop

TODAY = date(2026, 11, 22)


class Room:
    """A ticket, an order of a shop that can be written to, and what may be done there."""

    def __init__(self, desk: Desk, work: Work, shell: ShellActions, folder: Path) -> None:
        self.desk, self.work, self.shell = desk, work, shell
        assert desk.agent is not None
        desk.agents.edit(desk.agent, role="admin")
        desk.orders.save("Lotus shop", "shopify", "", [order_data()])
        self.order: OrderId = desk.orders.numbered("#1001")[0]
        self.till = TillShop(folder, order_data())
        source = desk.orders.detail(self.order).row.source_id
        desk.act_limits.switch(source, ActKind.REFUND, True)
        desk.act_limits.set_cap("admin", "EUR", Decimal(100), Decimal(50))
        self.ticket: TicketId = desk.tickets.new_ticket(
            Address("", "lan@customer.example"), "Size", None
        )

    def detail(self) -> OrderDetail:
        return self.desk.orders.detail(self.order)

    def turn(self) -> None:

        def now() -> datetime:
            return datetime.now(UTC)

        ActClerk(self.desk, new_holder(), lambda _: self.till, now).turn()


@pytest.fixture
def room(
    desk: Desk, work: Work, shell: ShellActions, bridge: Bridge, tmp_path: Path
) -> Iterator[Room]:
    bridge.changed.connect(shell.desk_changed)
    yield Room(desk, work, shell, tmp_path / "till")


def words(window: QWidget) -> str:
    """All that can be read there."""
    return "\n".join(one.text() for one in window.findChildren(QLabel) if not one.isHidden())


def press(window: QWidget, said: str) -> None:
    [button] = [
        one for one in window.findChildren(QPushButton) if one.text() == said and not one.isHidden()
    ]
    button.click()


def test_a_case_is_begun_goes_on_and_its_last_step_is_taken_back(room: Room, qtbot: QtBot) -> None:
    dialog = NewReturn(room.work, room.detail(), room.ticket, {}, TODAY)
    qtbot.addWidget(dialog)
    dialog.words.setPlainText("太小了")
    dialog.findChildren(form.NumberField)[0].set_value(2)
    with qtbot.waitSignal(dialog.made):
        press(dialog, "Open the case")
    [case] = room.desk.returns.open()
    assert (case.items[0].quantity, case.reason, case.ticket_id) == (
        Decimal(2),
        "太小了",
        room.ticket,
    )
    sheet = ReturnSheet(room.work, case, room.detail().lines, {}, TODAY)
    qtbot.addWidget(sheet)
    form.choose(sheet.state, ReturnState.ARRIVED)
    form.choose(sheet.refund, RefundState.WANTED)
    sheet.amount.setText("500")
    press(sheet, "Save")
    qtbot.waitUntil(lambda: "100" in sheet.told.text())
    assert not sheet.over.isHidden() and room.desk.returns.get(case.id).state is ReturnState.ASKED
    sheet.amount.setText("39,90")
    with qtbot.waitSignal(sheet.saved):
        press(sheet, "Save")
    row = room.desk.returns.get(case.id)
    assert (row.state, row.refund_amount) == (ReturnState.ARRIVED, Decimal("39.90"))
    again = ReturnSheet(room.work, row, (), {}, TODAY, can_take_back=True)
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.saved):
        press(again, "Take back the last step")
    assert room.desk.returns.get(case.id).refund_amount is None


def test_more_pieces_than_are_left_cannot_even_be_typed(room: Room, qtbot: QtBot) -> None:
    dialog = NewReturn(room.work, room.detail(), None, {"line-1": Decimal(2)}, TODAY)
    qtbot.addWidget(dialog)
    field = dialog.findChildren(form.NumberField)[0]
    field.setText("7")
    assert field.value() == 1 and "of 1" in words(dialog)


def test_a_form_is_kept_copied_asked_for_and_only_a_person_says_done(
    room: Room, qtbot: QtBot
) -> None:
    new = OrderFormDialog(room.work, room.ticket, room.detail())
    qtbot.addWidget(new)
    new.items.setPlainText("2 × Áo [SHIRT-L] @ 19,50\nzwei × X")
    press(new, "Keep on the ticket")
    assert "zwei × X" in new.told.text()
    new.items.setPlainText("2 × Áo [SHIRT-L] @ 19,50")
    with qtbot.waitSignal(new.saved):
        press(new, "Keep on the ticket")
    [kept] = room.desk.order_forms.of_ticket(room.ticket)
    assert kept.state is FormState.DRAFT and kept.text.kind is FormKind.CHANGE
    there = OrderFormDialog(room.work, room.ticket, room.detail(), kept)
    qtbot.addWidget(there)
    press(there, "Copy as text")
    assert "- 2 × Áo [SHIRT-L], 19.5 EUR\nTotal: 39 EUR" in QGuiApplication.clipboard().text()
    there.asked_of.setText("Kho")
    with qtbot.waitSignal(there.saved):
        press(there, "It was asked for otherwise")
    [kept] = room.desk.order_forms.open()
    assert (kept.state, kept.asked_of) == (FormState.ASKED, "Kho")
    last = OrderFormDialog(room.work, room.ticket, room.detail(), kept)
    qtbot.addWidget(last)
    with qtbot.waitSignal(last.saved):
        press(last, "It was done")
    assert room.desk.order_forms.open() == []


def test_an_act_is_shown_typed_and_followed_to_its_end(room: Room, qtbot: QtBot) -> None:
    asks = ActForm(room.work, room.detail(), ActKind.REFUND, room.ticket)
    qtbot.addWidget(asks)
    amount = asks.findChildren(type(form.line()))[0]
    amount.setText("20")
    with qtbot.waitSignal(asks.wanted) as wanted:
        press(asks, "Show what would happen")
    [act] = room.desk.order_acts.open()
    assert wanted.args == [act.id]
    sheet = ActSheet(room.work, room.shell, act.id)
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: "asking the shop" in words(sheet))
    room.turn()
    qtbot.waitUntil(lambda: "type #1001 or 20" in words(sheet))
    assert "The shop writes to the customer." in words(sheet) and "20.00 €" in words(sheet)
    sheet.typed.setText("19")
    press(sheet, "Do it in the shop")
    qtbot.waitUntil(lambda: "neither" in sheet.told.text())
    sheet.typed.setText("1001")
    press(sheet, "Do it in the shop")
    qtbot.waitUntil(lambda: room.desk.order_acts.get(act.id).state is ActState.APPROVED)
    room.till.tell(Fault.CUT_AFTER, looks=99)
    room.turn()
    qtbot.waitUntil(lambda: "Nothing is tried again" in words(sheet))
    sheet.words.setText("Saw it in the shop")
    version = room.desk.order_acts.get(act.id).version
    press(sheet, "Ask the shop again")
    qtbot.waitUntil(lambda: sheet._version() == version + 1)
    assert sheet.words.text() == "Saw it in the shop", "asking again wipes nothing"
    qtbot.waitUntil(lambda: not sheet.words.isHidden())
    press(sheet, "It was done")
    qtbot.waitUntil(lambda: "Anna looked in the shop: it was done." in words(sheet))
    assert room.till.calls() == 1


def test_what_waits_for_me_stands_on_top_and_no_needs_a_word(room: Room, qtbot: QtBot) -> None:
    olga = room.desk.agents.add("Olga", role="admin")
    me, acts = room.desk.agent, room.desk.order_acts
    asks = ActForm(room.work, room.detail(), ActKind.REFUND, room.ticket)
    qtbot.addWidget(asks)
    asks.findChildren(type(form.line()))[0].setText("60")
    asks.findChildren(type(form.line()))[1].setText("Trả nhầm")
    with qtbot.waitSignal(asks.wanted):
        press(asks, "Show what would happen")
    room.turn()
    [act] = acts.open()
    acts.confirm(act.id, "60")
    room.desk.agent = olga
    window = OrderWork(room.work, room.shell)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: "WAITING FOR YOUR APPROVAL" in words(window))
    sheet = ActSheet(room.work, room.shell, act.id)
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: "above what they may do alone" in words(sheet))
    assert "Trả nhầm" in words(sheet)
    press(sheet, "No")
    qtbot.waitUntil(lambda: bool(sheet.told.text()))
    sheet.words.setText("Paid twice already")
    press(sheet, "No")
    qtbot.waitUntil(lambda: "The second person said no." in words(sheet))
    room.desk.agent = me
    card = TicketDeals(room.work, room.shell)
    qtbot.addWidget(card)
    card.show_ticket(room.ticket)
    qtbot.waitUntil(lambda: room.till.calls() == 0)


def test_an_admin_switches_and_limits_and_others_only_read(room: Room, qtbot: QtBot) -> None:
    part = LimitsPart(room.work, room.shell)
    qtbot.addWidget(part)
    part.read_again()
    qtbot.waitUntil(lambda: len(part.findChildren(QCheckBox)) == len(ActKind))
    [note] = [one for one in part.findChildren(QCheckBox) if "note" in one.text()]
    note.click()
    source = room.detail().row.source_id
    qtbot.waitUntil(lambda: ActKind.NOTE in room.desk.order_acts.allowed(source))
    room.desk.agent = room.desk.agents.add("Bình")
    other = LimitsPart(room.work, room.shell)
    qtbot.addWidget(other)
    other.read_again()
    qtbot.waitUntil(lambda: "Only an admin changes this." in words(other))
    assert not any(one.isEnabled() for one in other.findChildren(QCheckBox))
