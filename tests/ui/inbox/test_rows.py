"""Rows show what was written, whatever marks a sender put into it."""

from dataclasses import replace

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.ui.inbox.ticket_list import TicketList
from tests.ui.sample_rows import ticket_row


def painted(qtbot: QtBot, subject: str) -> QImage:
    """The list with one ticket of that subject."""
    shown = TicketList()
    qtbot.addWidget(shown)
    shown.resize(372, 90)
    shown.show()
    shown.tickets.show_ids([TicketId(1)])
    shown.tickets.take_rows([replace(ticket_row(1), subject=subject, snippet="")])
    return shown.grab().toImage()


def test_a_mark_that_turns_letters_round_does_not(qtbot: QtBot) -> None:
    assert painted(qtbot, "photo \u202egpj.exe") == painted(qtbot, "photo gpj.exe")
    assert painted(qtbot, "photo gpj.exe") != painted(qtbot, "photo exe.jpg")


def test_right_to_left_subjects_and_emoji_paint(qtbot: QtBot) -> None:
    empty = painted(qtbot, "")
    for subject in ("أين طلبي رقم 10482؟", "Đơn hàng 👋🎉", "Nguyễn " * 20):
        assert painted(qtbot, subject) != empty
