"""Reading a conversation: what is new, what is long, where a word stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import AgentId, MessageId
from deskapp.domain.kinds import Direction
from deskapp.domain.tickets import MessageRow
from deskapp.ui.inbox.find_bar import FindBar
from deskapp.ui.inbox.message_column import MessageColumn
from deskapp.ui.inbox.new_line import NewLine, first_new
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.sample_rows import NOW, message

LONG = "\n".join(f"Dòng thứ {n} của một bức thư rất dài" for n in range(80))


def letters(count: int, text: str = "Chào shop, đơn hàng tới đâu rồi") -> list[MessageRow]:
    start = NOW - timedelta(days=1)
    return [
        replace(message(n, Direction.IN, f"{text} {n}"), at=start + timedelta(minutes=n))
        for n in range(1, count + 1)
    ]


@pytest.fixture
def column(work: Work, shell: ShellActions, qtbot: QtBot) -> MessageColumn:
    made = MessageColumn(work, shell)
    qtbot.addWidget(made)
    made.resize(640, 420)
    made.show()
    return made


def all_made(column: MessageColumn, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(column.cards) == count, timeout=60_000)


def in_sight(column: MessageColumn, number: int) -> bool:
    card = column.card_of(MessageId(number))
    top = column.verticalScrollBar().value()
    return card is not None and top <= card.y() < top + column.viewport().height()


def test_a_line_stands_above_what_came_since_the_reader_looked(
    column: MessageColumn, qtbot: QtBot
) -> None:
    column.show_messages(letters(9), (), keep_place=False, first_new=MessageId(7))
    all_made(column, qtbot, 9)
    line = column.findChild(NewLine)
    seventh = column.card_of(MessageId(7))
    assert line is not None and seventh is not None
    assert any(one.text() == "New since you looked" for one in line.findChildren(QLabel))
    qtbot.waitUntil(lambda: 0 < seventh.y() - line.y() < 60)
    assert in_sight(column, 7), "reading begins there"


def test_nothing_is_new_to_who_wrote_it_or_never_was_here() -> None:
    rows = letters(3)
    assert first_new(rows, MessageId(2), AgentId(1)) == 3
    assert first_new(rows, MessageId(3), AgentId(1)) is None
    assert first_new(rows, None, AgentId(1)) is None
    mine = [*rows, message(4, Direction.OUT, "Dạ", agent_id=AgentId(1))]
    assert first_new(mine, MessageId(3), AgentId(1)) is None
    assert first_new(mine, MessageId(3), AgentId(2)) == 4


def test_a_long_message_that_is_known_is_folded_until_all_of_it_is_wanted(
    column: MessageColumn, qtbot: QtBot
) -> None:
    rows = [message(1, Direction.IN, LONG), *letters(3)[1:]]
    column.show_messages(rows, (), keep_place=False)
    long = column.card_of(MessageId(1))
    assert long is not None
    qtbot.waitUntil(lambda: 200 < long.body.height() < 400)
    more = next(b for b in long.findChildren(QPushButton) if b.text().startswith("show all, "))
    assert more.isVisible()
    assert long.body.cursorForPosition(QPoint(1, 1)).blockNumber() == 0, "its beginning is shown"
    more.click()
    assert long.body.height() > 1000
    assert not more.isVisible()
    column.show_messages(rows, (), keep_place=True)
    again = column.card_of(MessageId(1))
    assert again is not None and again.body.height() > 1000, "news does not fold it again"


def test_the_newest_message_and_what_is_new_are_never_folded(
    column: MessageColumn, qtbot: QtBot
) -> None:
    rows = [message(n, Direction.IN, LONG) for n in (1, 2, 3)]
    column.show_messages(rows, (), keep_place=False, first_new=MessageId(2))
    assert column.card_of(MessageId(2)) is not None, "reading begins there"
    all_made(column, qtbot, 3)
    heights = {card.message.id: card.body.height() for card in column.cards}
    assert heights[MessageId(1)] < 400 < heights[MessageId(2)]
    assert heights[MessageId(3)] > 1000


def test_steps_go_from_message_to_message_and_make_those_far_up(
    column: MessageColumn, qtbot: QtBot
) -> None:
    column.show_messages(letters(60), (), keep_place=False)
    all_made(column, qtbot, 40)
    column.show_message(MessageId(30))
    column.step(-1)
    assert in_sight(column, 29)
    column.step(1)
    assert column.card_of(MessageId(30)) is not None
    top = column.verticalScrollBar().value()
    column.step(1)
    assert column.verticalScrollBar().value() > top
    column.show_message(MessageId(21))
    column.step(-1)
    qtbot.waitUntil(lambda: in_sight(column, 20))


def test_find_counts_all_places_also_in_messages_far_up(
    column: MessageColumn, qtbot: QtBot
) -> None:
    column.show_messages(letters(60), (), keep_place=False)
    all_made(column, qtbot, 40)
    bar = FindBar(column)
    qtbot.addWidget(bar)
    bar.open()
    line = bar.findChild(QLineEdit)
    assert line is not None
    line.setText("don hang")
    told = " ".join(one.text() for one in bar.findChildren(QLabel))
    assert told == "1 of 60"
    newest = column.card_of(MessageId(60))
    assert newest is not None and newest.body.textCursor().selectedText() == "đơn hàng"
    assert len(newest.body.extraSelections()) == 1
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: in_sight(column, 1), timeout=8000)
    assert " ".join(one.text() for one in bar.findChildren(QLabel)) == "60 of 60"
    oldest = column.card_of(MessageId(1))
    assert oldest is not None and oldest.body.textCursor().selectedText() == "đơn hàng"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not bar.isVisible() and not oldest.body.extraSelections()


def test_a_place_in_the_folded_part_of_a_long_message_is_shown(
    column: MessageColumn, qtbot: QtBot
) -> None:
    rows = [message(1, Direction.IN, LONG + "\nmã số ZX-81"), *letters(3)[1:]]
    column.show_messages(rows, (), keep_place=False)
    bar = FindBar(column)
    qtbot.addWidget(bar)
    bar.open()
    line = bar.findChild(QLineEdit)
    assert line is not None
    line.setText("zx-81")
    long = column.card_of(MessageId(1))
    assert long is not None and long.body.textCursor().selectedText() == "ZX-81"
    assert long.body.height() > 1000


def test_a_place_in_a_folded_quote_comes_last_and_unfolds_it(
    column: MessageColumn, qtbot: QtBot
) -> None:
    quoting = replace(
        message(2, Direction.IN, "ZX-81 again.\n" + "\n> and so on" * 60 + "\n> mã số ZX-81"),
        reply_text="ZX-81 again.",
    )
    bar = FindBar(column)
    qtbot.addWidget(bar)
    column.show_messages([message(1, Direction.IN, "about ZX-81"), quoting], (), keep_place=False)
    bar.open()
    line = bar.findChild(QLineEdit)
    assert line is not None
    line.setText("zx-81")
    card = column.card_of(MessageId(2))
    assert card is not None
    assert (len(bar._found), card.text.hides) == (3, True)
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert not card.text.hides
    assert card.body.textCursor().block().text() == "> mã số ZX-81"
    place = card.body.cursorRect().bottomLeft()
    assert column.viewport().rect().contains(card.body.mapTo(column.viewport(), place))
    assert len(card.body.extraSelections()) == 2
    card.show_content()  # as a change of theme writes it
    assert len(card.body.extraSelections()) == 2
