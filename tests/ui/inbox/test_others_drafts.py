"""What a colleague is writing stands below the messages, and is theirs alone to change."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.domain.changes import Changes
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.conversation_pane import ConversationPane
from deskapp.ui.inbox.others_drafts import OthersDrafts
from tests.ui.compose.counter import Counter
from tests.ui.compose.counter_window import inbox, shown_shell


@pytest.fixture
def bridge() -> Bridge:
    return Bridge()


@pytest.fixture
def pane(
    counter: Counter, bridge: Bridge, tmp_path: Path, qtbot: QtBot
) -> Iterator[ConversationPane]:
    shell = shown_shell(counter, tmp_path, qtbot, bridge)
    page = inbox(shell)
    assert page.list.list.choose(counter.ticket)
    pane = page.conversation
    qtbot.waitUntil(lambda: pane.composer.keeper.line("reply") is not None)
    yield pane  # the window lives as long


def _olga_writes(counter: Counter, words: str) -> None:
    replies = counter.ground.as_olga().replies
    replies.save(replace(replies.draft(counter.ticket), body=words))


def _shown(pane: ConversationPane) -> list[str]:
    cards = pane.messages.findChildren(OthersDrafts)
    return [one.text() for card in cards for one in card.findChildren(QLabel) if card.isVisible()]


def test_a_colleagues_draft_comes_while_the_ticket_is_open_and_can_be_copied(
    counter: Counter, bridge: Bridge, pane: ConversationPane, qtbot: QtBot
) -> None:
    _olga_writes(counter, "Dạ shop gửi lại hôm nay ạ.")
    bridge.changed.emit(Changes(areas=frozenset({"drafts"})))
    qtbot.waitUntil(lambda: "Dạ shop gửi lại hôm nay ạ." in _shown(pane))
    assert "Draft of Olga" in _shown(pane)
    [take] = [
        one
        for card in pane.messages.findChildren(OthersDrafts)
        for one in card.findChildren(QPushButton)
    ]
    take.click()
    assert "Dạ shop gửi lại hôm nay ạ." in pane.composer.at.editor.text()
    [theirs] = counter.desk.tickets.drafts_of_others(counter.ticket)
    assert (theirs.writer, theirs.body) == ("Olga", "Dạ shop gửi lại hôm nay ạ.")


def test_a_draft_that_was_sent_or_emptied_is_shown_no_more(
    counter: Counter, bridge: Bridge, pane: ConversationPane, qtbot: QtBot
) -> None:
    _olga_writes(counter, "Half a thought")
    bridge.changed.emit(Changes(areas=frozenset({"drafts"})))
    qtbot.waitUntil(lambda: "Half a thought" in _shown(pane))
    _olga_writes(counter, "")
    bridge.changed.emit(Changes(areas=frozenset({"drafts"})))
    qtbot.waitUntil(lambda: _shown(pane) == [])
