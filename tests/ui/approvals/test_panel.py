"""A junior's reply in windows: handed in by the composer, decided about in the panel."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from deskapp.data.tables.people import agent
from deskapp.domain.approvals import ApprovalState
from deskapp.ui.approvals import ApprovalPanel
from deskapp.ui.bridge import Bridge
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


def test_a_senior_edits_sees_the_difference_in_words_and_approves(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _panel(handed_in, qtbot, tmp_path)
    assert "Bình" in panel.heading.text() and panel.body.toPlainText() == WORDS
    panel.body.setPlainText(WORDS.replace("明天", "后天"))
    assert "[−明−][+后+]天" in panel.edits.text()
    panel.go.click()
    handed_in.until(lambda: not panel.go.isEnabled())
    [row] = handed_in.desk.approvals.of_ticket(handed_in.ticket)
    assert (row.state, row.changed) == (ApprovalState.APPROVED, True)
    assert len(handed_in.desk.replies.outbox()) == 1


def test_returning_wants_a_comment_and_gives_the_draft_back(
    handed_in: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _panel(handed_in, qtbot, tmp_path)
    panel.back.click()
    handed_in.until(lambda: "comment" in panel.notice.words.text())
    panel.comment.setText("Say which day")
    panel.back.click()
    handed_in.until(lambda: not panel.go.isEnabled())
    handed_in.desk.agent = handed_in.ground.olga
    assert handed_in.desk.replies.draft(handed_in.ticket).body == WORDS


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
    panel.body.setPlainText(WORDS + " 谢谢")
    panel.go.click()
    handed_in.until(lambda: not panel.notice.isHidden())
    assert panel.body.toPlainText() == WORDS + " 谢谢", "nothing typed is lost"
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
    assert panel.go.isHidden() and panel.body.isReadOnly() and panel.list.count() == 1
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
    handed_in.until(lambda: "[−明−][+后+]天" in panel.body.toPlainText())
    assert "Anna took out" in panel.edits.text() and not panel.go.isEnabled()
    panel.read_again()
    handed_in.until(lambda: not handed_in.work.waiting)
    assert "[−明−]" in panel.body.toPlainText(), "it stays while the list is read again"
