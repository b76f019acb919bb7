"""The outbox panel: what it says of each reply, and what its buttons do at the desk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from deskapp.data.tables.replies import outbox, outbox_recipient
from deskapp.domain.changes import Changes
from deskapp.domain.ids import OutboxId
from deskapp.domain.kinds import OutboxState
from deskapp.domain.outbox_trouble import needs_a_person
from deskapp.domain.replies import OutboxRow
from deskapp.ui.bridge import Bridge
from deskapp.ui.outbox import OutboxPanel
from deskapp.ui.outbox.row import OutboxCard
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from tests.ui.compose.counter import Counter

SAID = "554 5.7.1 <b>looks</b> like spam"


def _queue(counter: Counter, text: str, **columns: object) -> OutboxId:
    draft = replace(counter.desk.replies.draft(counter.ticket), body=text)
    number = counter.desk.replies.send(draft, force=True).outbox_id
    if columns:
        with counter.desk.database.writing() as unit:
            unit.connection.execute(update(outbox).where(outbox.c.id == number).values(**columns))
    return number


@pytest.fixture
def panel(counter: Counter, qtbot: QtBot, tmp_path: Path) -> OutboxPanel:
    shell = ShellActions(Remembered(tmp_path / "windows.ini"))
    made = OutboxPanel(counter.work, Bridge(), shell)
    qtbot.addWidget(made)
    made.show()
    return made


def _press(card: OutboxCard, words: str) -> None:
    [button] = [one for one in card.findChildren(QPushButton) if one.text() == words]
    button.click()


def _row(counter: Counter, number: OutboxId) -> OutboxRow:
    [row] = [one for one in counter.desk.replies.outbox(everything=True) if one.id == number]
    return row


def test_what_wants_a_person_stands_first_with_the_servers_words(
    counter: Counter, panel: OutboxPanel, qtbot: QtBot
) -> None:
    _queue(counter, "waits")
    failed = _queue(counter, "failed", state="failed", last_error=SAID)
    with counter.desk.database.writing() as unit:
        unit.connection.execute(
            update(outbox_recipient)
            .where(outbox_recipient.c.outbox_id == failed)
            .values(state="refused", code=554, answer=SAID)
        )
    panel.read_again()
    qtbot.waitUntil(lambda: len(panel.cards) == 2)
    assert [card.row.state for card in panel.cards] == [OutboxState.FAILED, OutboxState.QUEUED]
    assert panel.cards[0].why.text() == f"The server said: {SAID}"
    assert panel.words.text().startswith("1 answer not sent.")
    _press(panel.cards[0], "Try again")
    qtbot.waitUntil(lambda: _row(counter, failed).state is OutboxState.QUEUED)


def test_edit_brings_the_draft_back_and_opens_its_ticket(
    counter: Counter, panel: OutboxPanel, qtbot: QtBot
) -> None:
    number = _queue(counter, "wrong", state="failed", last_error=SAID)
    panel.read_again()
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    with qtbot.waitSignal(panel._shell.ticket_wanted) as opened:
        _press(panel.cards[0], "Edit")
    assert opened.args == [counter.ticket]
    assert counter.desk.replies.draft(counter.ticket).body == "wrong"
    assert _row(counter, number).state is OutboxState.CANCELLED


def test_a_perhaps_sent_reply_is_asked_about_and_never_retried(
    counter: Counter, panel: OutboxPanel, qtbot: QtBot
) -> None:
    number = _queue(counter, "perhaps", state="uncertain", phase="body_sent", last_error="reset")
    panel.read_again()
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    words = [one.text() for one in panel.cards[0].findChildren(QPushButton)]
    assert words == ["It was sent", "Send it again", "Show ticket"]
    _press(panel.cards[0], "It was sent")
    qtbot.waitUntil(lambda: _row(counter, number).state is OutboxState.SENT)
    qtbot.waitUntil(lambda: panel.cards == [])
    assert panel.words.text() == "Nothing waits to be sent."


def test_ten_minutes_unsent_want_a_person_and_a_chosen_time_does_not(counter: Counter) -> None:
    number = _queue(counter, "later")
    row = _row(counter, number)
    assert row.due_at is not None
    now = row.due_at
    assert not needs_a_person(row, now + timedelta(minutes=9))
    assert needs_a_person(row, now + timedelta(minutes=10))
    put_off = replace(row, not_before=now + timedelta(hours=4))
    assert needs_a_person(put_off, now + timedelta(minutes=10)), "a retry does not begin anew"
    assert not needs_a_person(replace(row, due_at=now + timedelta(days=1)), now)


def test_one_that_waits_to_know_whether_the_customer_wrote_says_so_and_turns_red(
    counter: Counter, panel: OutboxPanel, qtbot: QtBot
) -> None:
    due = datetime.now(UTC) - timedelta(minutes=9)
    number = _queue(counter, "later", unless_answered=True, not_before=due, due_at=due)
    panel.read_again()
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    said = panel.cards[0].state
    assert "could not be fetched since" in said.text() and said.property("tone") == "muted"
    assert not needs_a_person(_row(counter, number), datetime.now(UTC))
    panel._now = lambda: due + timedelta(minutes=11)
    panel.read_again()
    qtbot.waitUntil(lambda: panel.cards[0].state.property("tone") == "bad")
    assert panel.words.text().startswith("1 answer not sent.")
    _press(panel.cards[0], "Send now")
    qtbot.waitUntil(lambda: not _row(counter, number).unless_answered)


def test_a_line_that_failed_is_told_in_a_sentence_and_its_raw_words_are_at_hand(
    counter: Counter, panel: OutboxPanel, qtbot: QtBot
) -> None:
    _queue(counter, "away", fault="line_refused", last_error="[Errno 111] Connection refused")
    panel.read_again()
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    why = panel.cards[0].why
    assert "takes no connections" in why.text() and "Errno" not in why.text()
    assert why.toolTip() == "[Errno 111] Connection refused"


def test_a_burst_of_changes_elsewhere_is_one_reading(
    counter: Counter, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each counts on the server for each window that shows the panel."""
    bridge = Bridge()
    made = OutboxPanel(counter.work, bridge, ShellActions(Remembered(tmp_path / "windows.ini")))
    qtbot.addWidget(made)
    made.show()
    counter.settle()
    readings: list[str] = []
    ask = counter.work.ask

    def counted(*given: Any, **named: Any) -> None:
        if named["owner"] is made:
            readings.append(named["topic"])
        ask(*given, **named)

    monkeypatch.setattr(counter.work, "ask", counted)
    _queue(counter, "elsewhere")
    for _ in range(40):
        bridge.changed.emit(Changes(areas=frozenset({"outbox"})))
    qtbot.waitUntil(lambda: len(made.cards) == 1)
    assert readings == ["outbox panel"]
