"""Rows show what was written, whatever marks a sender put into it."""

from array import array
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QFont, QImage
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.domain.list_order import FIRST_COLUMNS
from deskapp.ui.fonts import Fonts
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


def test_a_screen_of_cells_asks_for_a_font_once_for_each_language(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = TicketList()
    qtbot.addWidget(listing)
    listing.resize(1200, 600)
    languages = ("vi", "zh-Hant", "")
    rows = [replace(ticket_row(n), language=languages[n % 3], unread=n % 2 == 0) for n in range(60)]
    listing.show_ids([row.id for row in rows], rows)
    listing.show_columns(FIRST_COLUMNS)
    asked: list[object] = []
    real = Fonts.text

    def counted(fonts: Fonts, *args: Any, **words: Any) -> QFont:
        asked.append(words)
        return real(fonts, *args, **words)

    monkeypatch.setattr(Fonts, "text", counted)
    listing.grab()
    listing.verticalScrollBar().setValue(300)
    listing.grab()
    cells = [one for one in asked if isinstance(one, dict) and "language" in one]
    assert 3 <= len(cells) <= 2 * len(languages)


def test_a_list_that_is_read_anew_looks_for_a_few_places_and_makes_no_table(qtbot: QtBot) -> None:
    listing = TicketList()
    qtbot.addWidget(listing)
    ids = array("q", range(5000, 0, -1))
    listing.show_ids(ids)
    assert listing.choose(TicketId(2000))
    listing.show_ids(array("q", [5001, *ids]))
    assert listing.selected() == [2000]
    assert listing.tickets._places is None
