"""Erasing in the window: typed confirmation, what stands in the way, the proof, unsaved text."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.ui.customers.erase_dialog import EraseDialog
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain


@pytest.fixture
def chau(desk: Desk) -> CustomerId:
    return desk.customers.create("Châu Nguyễn", "chau@example.com")


def _dialog(work: Work, desk: Desk, one: CustomerId, home: Path, qtbot: QtBot) -> EraseDialog:
    dialog = EraseDialog(work, desk.customers.record(one), home)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "contact" in dialog.told.text())
    return dialog


def test_nothing_goes_before_the_name_is_typed(
    work: Work, desk: Desk, chau: CustomerId, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = _dialog(work, desk, chau, tmp_path, qtbot)
    assert not dialog.go.isEnabled()
    dialog.typed.setText("Chau")
    assert not dialog.go.isEnabled()
    dialog.typed.setText(" châu  nguyễn")
    assert dialog.go.isEnabled()
    assert nameless(dialog) == []
    assert not_plain(dialog) == []
    with qtbot.waitSignal(dialog.erased):
        dialog.go.click()
    assert desk.customers.ids() == []
    assert "Proof sheet 1" in dialog.proof.toPlainText()
    assert "chau" not in dialog.proof.toPlainText()
    assert dialog.save.isVisible()


def test_a_hold_is_named_and_leaves_nothing_to_confirm(
    work: Work, desk: Desk, chau: CustomerId, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.erasing.hold(chau, "A court asked")
    dialog = _dialog(work, desk, chau, tmp_path, qtbot)
    assert "A court asked" in dialog.blocked.text()
    assert not dialog.typed.isVisible()
    assert not dialog.go.isEnabled()


def test_what_came_meanwhile_is_shown_before_it_goes(
    work: Work, desk: Desk, chau: CustomerId, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = _dialog(work, desk, chau, tmp_path, qtbot)
    desk.customers.add_note(chau, "Wait")
    dialog.typed.setText("Châu Nguyễn")
    dialog.go.click()
    qtbot.waitUntil(lambda: "1 note" in dialog.told.text())
    assert desk.customers.ids() == [chau]
    assert json.dumps(dialog.proof.toPlainText()) == '""'
