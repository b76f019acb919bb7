"""A colleague changes a return case, an order form or a limit that is open here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.order_forms import FormKind, FormState, FormText, OrderForm
from deskapp.domain.problem import Problem
from deskapp.domain.return_cases import (
    Condition,
    ReturnCase,
    ReturnEdit,
    ReturnItem,
    ReturnKind,
    ReturnState,
)
from deskapp.domain.return_rules import line_key
from deskapp.ui.order_work.limits_part import LimitsPart
from deskapp.ui.order_work.order_form_dialog import OrderFormDialog
from deskapp.ui.order_work.return_dialog import ReturnSheet
from deskapp.ui.pieces import form
from deskapp.ui.pieces.asked_both import AskedBoth
from tests.ui.named import nameless

from .test_order_work import TODAY, Room, press, room

__all__ = ["room"]


def _said(part: QWidget) -> set[str]:
    return {one.text() for one in part.findChildren(QLabel)}


@pytest.fixture
def minh(room: Room) -> Room:
    """What is written from now on is Minh's, a lead."""
    room.desk.agent = room.desk.agents.add("Minh Trần", role="admin")
    return room


@pytest.fixture
def case(room: Room) -> ReturnCase:
    line = room.detail().lines[0]
    item = ReturnItem(line.title, Decimal(1), line.sku, line_key(line))
    made = room.desk.returns.add(
        ReturnKind.RETURN, ReturnEdit(items=(item,), reason="太小了"), order=room.order
    )
    return room.desk.returns.get(made)


def test_of_a_return_case_both_values_are_shown_by_field_with_who_set_each(
    case: ReturnCase, minh: Room, qtbot: QtBot
) -> None:
    sheet = ReturnSheet(minh.work, case, minh.detail().lines, {}, TODAY)
    qtbot.addWidget(sheet)
    sheet.show()
    item = replace(case.items[0], condition=Condition.OPENED, instead="Áo L")
    given = ReturnEdit(
        state=ReturnState.APPROVED, carrier="Giao Hàng Nhanh", deadline=date(2026, 12, 24)
    )
    minh.desk.returns.edit(case.id, replace(given, items=(item,)))
    form.choose(sheet.state, ReturnState.ARRIVED)
    sheet.carrier.setText("DHL")
    sheet.tracking.setText("LX 1")
    press(sheet, "Save")
    card = sheet.meanwhile.card
    qtbot.waitUntil(card.isVisible)
    told = _said(card)
    assert {"State", "approved", "arrived", "Giao Hàng Nhanh", "DHL"} <= {
        one.lower() if one in ("Approved", "Arrived") else one for one in told
    }
    assert "Minh Trần, just now" in told and nameless(sheet) == []
    assert sheet.deadline.value() == date(2026, 12, 24)
    assert minh.desk.returns.get(case.id).carrier == "Giao Hàng Nhanh"
    with qtbot.waitSignal(sheet.saved):
        card.mine.click()
    kept = minh.desk.returns.get(case.id)
    assert (kept.state, kept.carrier, kept.tracking_number) == (ReturnState.ARRIVED, "DHL", "LX 1")
    assert kept.deadline == date(2026, 12, 24)
    assert (kept.items[0].condition, kept.items[0].instead) == (Condition.OPENED, "Áo L")


@pytest.fixture
def order_form(room: Room) -> OrderForm:
    text = FormText(FormKind.CHANGE, note="Bitte bald", order_number="#1001")
    return room.desk.order_forms.get(room.desk.order_forms.add(room.ticket, text))


def _opened(order_form: OrderForm, at: Room, qtbot: QtBot) -> OrderFormDialog:
    sheet = OrderFormDialog(at.work, at.ticket, None, order_form)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def test_a_form_that_a_colleague_has_asked_for_is_not_asked_for_twice(
    order_form: OrderForm, minh: Room, qtbot: QtBot
) -> None:
    sheet = _opened(order_form, minh, qtbot)
    minh.desk.order_forms.asked(order_form.id, "Kho")
    sheet.asked_of.setText("Bà Hoa")
    press(sheet, "It was asked for otherwise")
    card = sheet.meanwhile.card
    qtbot.waitUntil(card.isVisible)
    assert {"not asked for yet", "asked for · Kho", "asked for · Bà Hoa"} <= _said(card)
    card.theirs.click()
    assert minh.desk.order_forms.get(order_form.id).asked_of == "Kho"
    with qtbot.waitSignal(sheet.saved):
        press(sheet, "It was done")
    assert minh.desk.order_forms.get(order_form.id).state is FormState.DONE


def test_what_was_written_into_a_draft_goes_along_and_both_texts_are_shown(
    order_form: OrderForm, minh: Room, qtbot: QtBot
) -> None:
    sheet = _opened(order_form, minh, qtbot)
    theirs = replace(order_form.text, note="Rất gấp", payment="bank")
    minh.desk.order_forms.change(order_form.id, theirs)
    sheet.note.setPlainText("Sehr eilig")
    press(sheet, "Save the text")
    qtbot.waitUntil(sheet.meanwhile.card.isVisible)
    assert {"Rất gấp", "Sehr eilig"} <= _said(sheet.meanwhile.card)
    with qtbot.waitSignal(sheet.saved):
        sheet.meanwhile.card.mine.click()
    kept = minh.desk.order_forms.get(order_form.id).text
    assert (kept.note, kept.payment) == ("Sehr eilig", "bank")


def test_a_limit_that_a_colleague_set_is_not_overwritten_unseen(minh: Room, qtbot: QtBot) -> None:
    part = LimitsPart(minh.work, minh.shell)
    qtbot.addWidget(part)
    part.read_again()
    qtbot.waitUntil(lambda: hasattr(part, "_new_role"))
    minh.desk.act_limits.set_cap("agent", "VND", Decimal(900), Decimal(0))
    part._new_currency.setText("VND")
    part._new_most.setText("100")
    part._new_alone.setText("10")
    press(part, "Set")
    qtbot.waitUntil(lambda: bool(part.findChildren(AskedBoth)))
    [asked] = part.findChildren(AskedBoth)
    assert {"none", "900 / 0 VND", "100 / 10 VND", "Minh Trần, just now"} <= _said(asked)
    assert [one.most for one in minh.desk.act_limits.caps() if one.currency == "VND"] == [900]
    asked.card.mine.click()
    qtbot.waitUntil(
        lambda: [one.most for one in minh.desk.act_limits.caps() if one.currency == "VND"] == [100]
    )


def test_an_ended_form_keeps_what_was_typed(
    order_form: OrderForm, minh: Room, qtbot: QtBot
) -> None:
    sheet = _opened(order_form, minh, qtbot)
    minh.desk.order_forms.asked(order_form.id, "Kho")
    sheet.note.setPlainText("Sehr eilig")
    press(sheet, "Save the text")
    qtbot.waitUntil(lambda: not sheet.told.isHidden() and "asked" in sheet.told.text())
    assert sheet.note.toPlainText() == "Sehr eilig"
    with pytest.raises(Problem):
        minh.desk.order_forms.change(order_form.id, order_form.text)
