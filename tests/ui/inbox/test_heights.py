"""Cards are as high as what stands in them, at every moment that could be painted."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import Direction, OutboxState
from deskapp.ui.inbox.message_column import MessageColumn
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.sample_rows import delivery, message

LONG = "The parcel left the warehouse on Saturday and should be there soon. " * 12


def overlapping(column: MessageColumn) -> list[str]:
    """What stands over something else, or out of its card."""
    found = []
    for card in column.cards:
        parts = [
            part
            for part in card.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if part.isVisibleTo(card)
        ]
        for place, part in enumerate(parts):
            below = [
                one for one in parts[place + 1 :] if part.geometry().intersects(one.geometry())
            ]
            found += [f"{type(part).__name__} over {type(one).__name__}" for one in below]
            if part.geometry().bottom() > card.height():
                found.append(f"{type(part).__name__} out of its card")
    for upper, lower in pairwise(column.cards):
        if upper.geometry().intersects(lower.geometry()):
            found.append("card over card")
    return found


@pytest.fixture
def column(work: Work, shell: ShellActions, qtbot: QtBot) -> MessageColumn:
    made = MessageColumn(work, shell)
    qtbot.addWidget(made)
    made.resize(500, 700)
    made.show()
    queued = replace(
        message(2, Direction.OUT, LONG + "\n\nAnna, Lotus"), delivery=delivery(OutboxState.QUEUED)
    )
    made.show_messages([message(1, Direction.IN, LONG), queued], [], keep_place=False)
    return made


def test_nothing_overlaps_when_messages_have_just_come(column: MessageColumn) -> None:
    assert len(column.cards) == 2
    assert overlapping(column) == []


@pytest.mark.parametrize("width", [360, 430, 777])
def test_nothing_overlaps_when_the_window_has_just_another_width(
    column: MessageColumn, width: int
) -> None:
    column.resize(width, 500)
    assert overlapping(column) == []


def test_what_nobody_can_see_yet_is_made_after_the_first_paint(
    column: MessageColumn, qtbot: QtBot
) -> None:
    for text, at_once in ((LONG * 2, range(2, 5)), ("Thanks!", range(6, 7))):
        told = [message(number, Direction.IN, text) for number in range(1, 11)]
        column.show_messages(told, [], keep_place=False)
        assert len(column.cards) in at_once
        assert column.cards[0].y() <= column.verticalScrollBar().value() or len(column.cards) == 6
        qtbot.waitUntil(lambda: len(column.cards) == 10)
        assert overlapping(column) == []
