"""What the ticket says of a reply that waits, came back or was changed, to each who looks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from deskapp.data.tables.people import agent
from deskapp.ui.approvals.on_ticket import OnTicket
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from tests.ui.compose.counter import Counter

WORDS = "Chào chị Châu, 您的订单明天到。"
Look = Callable[[], OnTicket]


@pytest.fixture
def look(counter: Counter, tmp_path: Path) -> Look:
    """Olga, called Bình here, is a junior and acts."""
    with counter.desk.database.writing() as unit:
        olga = agent.c.id == counter.ground.olga
        unit.connection.execute(update(agent).where(olga).values(role="junior", name="Bình"))
    counter.desk.agent = counter.ground.olga
    shell = ShellActions(Remembered(tmp_path / "windows.ini"))
    made = OnTicket(counter.work, shell, counter.composer)
    counter.composer.show()
    counter.open(counter.ticket)
    asked: list[object] = []
    shell.approvals_wanted.connect(asked.append)
    counter.asked, counter.shell = asked, shell  # type: ignore[attr-defined]

    def read() -> OnTicket:
        made.read(counter.ticket)
        return made

    return read


def test_a_junior_sends_for_approval_and_takes_it_back(counter: Counter, look: Look) -> None:
    at = counter.composer.at
    look()
    counter.until(lambda: at.send.main.text() == "Hand in for approval")
    counter.type("On Friday")
    counter.composer.send()
    counter.until(lambda: counter.desk.approvals.count() == 1)
    counter.until(lambda: at.editor.toPlainText() == "")
    look()
    counter.until(lambda: at.approval.choices() == ["Take it back"])
    at.approval.choose("Take it back")
    counter.until(lambda: at.editor.toPlainText() == "On Friday")
    look()
    counter.until(lambda: at.approval.isHidden())


def test_a_returned_reply_stands_with_its_comment_and_goes_again(
    counter: Counter, look: Look
) -> None:
    desk, at = counter.desk, counter.composer.at
    one = desk.approvals.submit(replace(desk.replies.draft(counter.ticket), body=WORDS))
    desk.agent = counter.ground.anna
    look()
    counter.until(lambda: "the reply of Bình" in at.approval.words.text())
    assert at.send.main.text() == "Send and wait", "a senior sends"
    at.approval.choose("Look at it")
    assert counter.asked == [one]  # type: ignore[attr-defined]
    desk.approvals.give_back(one, 1, "Nói rõ ngày nào")
    desk.agent = counter.ground.olga
    look()
    counter.until(lambda: "Anna returned this reply: Nói rõ ngày nào" in at.approval.words.text())
    counter.composer.keeper.ask_again()
    counter.until(lambda: at.editor.toPlainText() == WORDS)
    counter.composer.send()
    counter.until(lambda: desk.approvals.count() == 1)


def test_what_a_senior_changed_is_told_on_the_ticket(counter: Counter, look: Look) -> None:
    desk, at = counter.desk, counter.composer.at
    one = desk.approvals.submit(replace(desk.replies.draft(counter.ticket), body=WORDS))
    desk.agent = counter.ground.anna
    final = replace(desk.approvals.open(one).draft, body=WORDS.replace("明天", "后天"))
    desk.approvals.approve(one, 1, final)
    look()
    counter.until(lambda: at.approval.choices() == ["What was changed"])
    assert "Anna changed the reply of Bình" in at.approval.words.text()
