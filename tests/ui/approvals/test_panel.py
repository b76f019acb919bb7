"""A junior's reply in windows: handed in by the composer, decided about in the panel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from deskapp.data.tables.people import agent
from deskapp.domain.approvals import ApprovalState
from deskapp.domain.changes import Changes
from deskapp.ui.approvals import ApprovalPanel
from deskapp.ui.approvals.reply_view import Page
from deskapp.ui.approvals.return_dialog import ReturnDialog
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.row import RowRole
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from tests.desk.letters import letter
from tests.ui.compose.counter import CHAU, Counter

WORDS = "Chào chị Châu, 您的订单明天到。"


@pytest.fixture
def handed_in(counter: Counter) -> Counter:
    """Olga is a junior and has handed a reply in; Anna sits at the window."""
    _role(counter, "junior")
    counter.desk.agent = counter.ground.olga
    draft = replace(counter.desk.replies.draft(counter.ticket), body=WORDS)
    counter.desk.approvals.submit(draft)
    counter.desk.agent = counter.ground.anna
    return counter


def _role(counter: Counter, role: str) -> None:
    with counter.desk.database.writing() as unit:
        olga = agent.c.id == counter.ground.olga
        unit.connection.execute(update(agent).where(olga).values(role=role, name="Bình"))


def _panel(
    counter: Counter,
    qtbot: QtBot,
    tmp_path: Path,
    until: Callable[[ApprovalPanel], bool] = lambda made: made.go.isEnabled(),
) -> ApprovalPanel:
    shell = ShellActions(Remembered(tmp_path / "windows.ini"))
    made = ApprovalPanel(counter.work, Bridge(), shell)
    qtbot.addWidget(made)
    made.show()
    counter.until(lambda: until(made))
    return made


def test_the_composer_of_a_junior_hands_in_and_says_so(counter: Counter) -> None:
    _role(counter, "junior")
    counter.desk.agent = counter.ground.olga
    counter.open(counter.ticket)
    counter.type("On Friday")
    counter.composer.send()
    counter.until(lambda: counter.desk.approvals.count() == 1)
    counter.until(lambda: "senior" in counter.composer.at.notice.words.text())
    assert counter.desk.replies.outbox() == ()
    counter.until(lambda: counter.composer.at.editor.toPlainText() == "")


def test_a_senior_reads_it_and_approves_and_takes_it_back(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _panel(handed_in, qtbot, tmp_path)
    panel._shell.outside.settings.undo_seconds = 77
    assert "Bình" in panel.view.heading.text()
    assert panel.view.text.toPlainText() == WORDS and panel.view.tabs.isHidden()
    [look] = [panel.list.item(0).data(RowRole.LOOK)]
    assert (look.who, look.subject) == ("Bình", "Đơn hàng #10482 chưa giao")
    assert look.when.startswith("waits") and "Châu" in look.chips[0].text
    panel.go.click()
    handed_in.until(lambda: "Undo" in panel.notice.choices())
    [row] = handed_in.desk.approvals.of_ticket(handed_in.ticket)
    assert (row.state, row.changed) == (ApprovalState.APPROVED, False)
    [queued] = handed_in.desk.replies.outbox()
    assert row.decided_at is not None
    assert queued.not_before - row.decided_at >= timedelta(seconds=77)
    panel.notice.choose("Undo")
    handed_in.until(lambda: handed_in.desk.approvals.count() == 1)
    assert handed_in.desk.replies.outbox() == ()


def test_with_two_that_wait_undo_stays_and_brings_back_the_one_it_is_about(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    desk, ground = handed_in.desk, handed_in.ground
    desk.agent = ground.olga
    desk.approvals.submit(replace(desk.replies.draft(handed_in.other), body="明天换 L 号"))
    desk.agent = ground.anna
    panel = _panel(handed_in, qtbot, tmp_path)
    first, second = desk.approvals.waiting()
    shown = panel.view.text.toPlainText
    assert shown() == WORDS
    panel.list.setCurrentRow(1)
    handed_in.until(lambda: shown() == "明天换 L 号")
    panel.go.click()
    handed_in.until(lambda: shown() == WORDS and not handed_in.work.waiting)
    assert panel.notice.isVisible() and panel.notice.choices() == ["Undo"]
    panel.notice.choose("Undo")
    handed_in.until(lambda: shown() == "明天换 L 号")
    assert panel.list.currentItem().data(Qt.ItemDataRole.UserRole) == second.id
    assert panel.go.isEnabled() and panel.notice.isHidden()
    panel.go.click()
    handed_in.until(lambda: shown() == WORDS and not handed_in.work.waiting)
    assert [one.id for one in desk.approvals.waiting()] == [first.id]


def test_the_seniors_own_version_is_shown_in_colour_and_in_words_and_is_what_leaves(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = handed_in.desk
    [row] = desk.approvals.waiting()
    mine = desk.reviewing.begin(row.id)
    desk.replies.save(replace(mine, body=WORDS.replace("明天", "后天")))
    panel = _panel(handed_in, qtbot, tmp_path)
    assert panel.go.text() == "Approve my version and send"
    assert panel.view.altered_words == "removed: 明; added: 后"
    assert panel.view.text.accessibleDescription() == panel.view.altered_words
    assert _marks(panel) == [("明", True, False), ("后", False, True)]
    panel.view.tabs.setCurrentIndex(Page.BEFORE)
    assert panel.view.text.toPlainText() == WORDS
    panel.go.click()
    handed_in.until(lambda: desk.approvals.count() == 0)
    [done] = desk.approvals.of_ticket(handed_in.ticket)
    assert done.changed and done.final_body == WORDS.replace("明天", "后天")


def _marks(panel: ApprovalPanel) -> list[tuple[str, bool, bool]]:
    """The pieces of the difference with a line through or below."""
    found, block = [], panel.view.text.document().begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            piece = place.fragment()
            form = piece.charFormat()
            if form.fontStrikeOut() or form.fontUnderline():
                found.append((piece.text(), form.fontStrikeOut(), form.fontUnderline()))
            place += 1
        block = block.next()
    return found


def test_returning_wants_a_comment_and_gives_the_draft_back(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _panel(handed_in, qtbot, tmp_path)
    panel.back.click()
    [dialog] = panel.findChildren(ReturnDialog)
    assert not dialog.go.isEnabled(), "not without a comment"
    dialog.comment.setPlainText("Say which day")
    dialog.go.click()
    handed_in.until(lambda: panel.list.count() == 0)
    handed_in.desk.agent = handed_in.ground.olga
    assert handed_in.desk.replies.draft(handed_in.ticket).body == WORDS
    [row] = handed_in.desk.approvals.of_ticket(handed_in.ticket)
    assert (row.comment, row.senior_name) == ("Say which day", "Anna")


def test_decided_by_a_command_while_the_panel_is_open_it_says_so(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _panel(handed_in, qtbot, tmp_path)
    [row] = handed_in.desk.approvals.waiting()
    handed_in.desk.approvals.approve(row.id, row.version)
    panel.go.click()
    handed_in.until(lambda: not panel.go.isEnabled())
    assert "meanwhile" in panel.notice.words.text() or "Decided" in panel.notice.words.text()
    assert len(handed_in.desk.replies.outbox()) == 1


def test_what_the_customer_wrote_meanwhile_stops_the_senior_who_may_go_on(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _panel(handed_in, qtbot, tmp_path)
    handed_in.ground.arrive(
        letter(
            sender=CHAU,
            message_id="again@customer.example",
            answers=("chau@customer.example",),
            hours=2,
        )
    )
    panel.go.click()
    handed_in.until(lambda: not panel.notice.isHidden())
    handed_in.until(lambda: "New on the ticket" in panel.view.news.text())
    [anyway] = [
        one for one in panel.notice.findChildren(QPushButton) if "all the same" in one.text()
    ]
    anyway.click()
    handed_in.until(lambda: not panel.go.isEnabled())
    assert len(handed_in.desk.replies.outbox()) == 1


def test_a_junior_sees_their_own_and_takes_one_back(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    handed_in.desk.agent = handed_in.ground.olga
    panel = _panel(handed_in, qtbot, tmp_path, lambda made: made.take.isEnabled())
    assert panel.go.isHidden() and panel.edit.isHidden() and panel.list.count() == 1
    panel.take.click()
    handed_in.until(lambda: panel.list.count() == 0)
    assert handed_in.desk.replies.draft(handed_in.ticket).body == WORDS


def test_what_was_changed_in_a_reply_that_was_sent_opens_in_the_panel(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    [row] = handed_in.desk.approvals.waiting()
    draft = handed_in.desk.approvals.open(row.id).draft
    handed_in.desk.approvals.approve(row.id, 1, replace(draft, body=WORDS.replace("明天", "后天")))
    panel = _panel(handed_in, qtbot, tmp_path, lambda _made: True)
    panel.show_one(row.id)
    handed_in.until(lambda: panel.view.altered_words == "removed: 明; added: 后")
    assert "approved by Anna" in panel.view.rounds.text() and not panel.go.isEnabled()
    panel.read_again()
    handed_in.until(lambda: not handed_in.work.waiting)
    assert panel.view.altered_words, "it stays while the list is read again"


def test_a_burst_of_changes_elsewhere_is_one_reading_of_the_list_and_the_open_one(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, bridge = _panel(handed_in, qtbot, tmp_path), Bridge()
    bridge.changed.connect(panel._changed)
    handed_in.settle()
    readings: list[str] = []
    ask = handed_in.work.ask

    def counted(*given: Any, **named: Any) -> None:
        if named["owner"] is panel:
            readings.append(named["topic"])
        ask(*given, **named)

    monkeypatch.setattr(handed_in.work, "ask", counted)
    for _ in range(40):
        bridge.changed.emit(Changes(areas=frozenset({"drafts"})))
    handed_in.until(lambda: len(readings) >= 2)
    handed_in.settle()
    assert readings == ["approvals", "approval"]
