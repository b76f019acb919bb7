"""A senior edits a junior's reply in the composer: forms, files and people; nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from sqlalchemy import update

from deskapp.data.tables.people import agent
from deskapp.domain.approvals import ApprovalState
from deskapp.domain.ids import ApprovalId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.approvals.on_ticket import OnTicket
from deskapp.ui.approvals.return_dialog import ReturnDialog
from deskapp.ui.compose.screen import KINDS
from deskapp.ui.compose.send_button import CLOSE_NEXT
from deskapp.ui.inbox.approved_line import ApprovedLine
from deskapp.ui.keys.keymap import key_id
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from tests.ui.compose.counter import Counter

WORDS = "Chào chị Châu, 您的订单明天到。"
HTML = "<p>Chào chị Châu, <b>您的订单</b>明天到。</p>"


class Review:
    """Olga, called Bình here, has handed a reply in with a file; Anna sits at the composer."""

    def __init__(self, counter: Counter, folder: Path) -> None:
        self.counter, self.desk, self.at = counter, counter.desk, counter.composer.at
        with self.desk.database.writing() as unit:
            olga = agent.c.id == counter.ground.olga
            unit.connection.execute(update(agent).where(olga).values(role="junior", name="Bình"))
        self.desk.agent = counter.ground.olga
        draft = replace(self.desk.replies.draft(counter.ticket), body=WORDS, html=HTML)
        draft = self.desk.replies.attach(draft, "giá.txt", "text/plain", b"1")
        self.one: ApprovalId = self.desk.approvals.submit(draft)
        self.desk.agent = counter.ground.anna
        self.shell = ShellActions(Remembered(folder / "windows.ini"))
        self.watch = OnTicket(counter.work, self.shell, counter.composer)
        counter.composer.ticket_changed.connect(lambda _ticket: self.watch.read(counter.ticket))
        counter.composer.show()
        counter.open(counter.ticket)
        self.watch.read(counter.ticket)

    def until(self, there: Callable[[], bool]) -> None:
        self.counter.until(there)

    def begin(self) -> None:
        self.until(lambda: "Edit here" in self.at.approval.choices())
        self.at.approval.choose("Edit here")
        self.until(lambda: KINDS[self.at.tabs.currentIndex()] == "review")
        self.until(lambda: self.at.editor.toPlainText() == WORDS)
        self.until(lambda: "You edit the reply of Bình" in self.at.approval.words.text())

    def row(self) -> object:
        return self.desk.approvals.open(self.one).row

    def say(self, name: str) -> str:
        found = self.counter.composer.findChildren(QAction)
        [text] = [one.text() for one in found if key_id(one) == name]
        return text


@pytest.fixture
def review(counter: Counter, tmp_path: Path) -> Review:
    return Review(counter, tmp_path)


def test_forms_stay_and_files_and_people_change_and_it_leaves_as_it_stands(review: Review) -> None:
    review.begin()
    at, desk = review.at, review.desk
    assert at.send.main.text() == "Approve and send"
    assert (review.say("reply.send"), review.say("reply.send_later")) == (
        "Approve and send",
        "Approve, to be sent later…",
    )
    assert at.tabs.tabToolTip(KINDS.index("review")) == "Reply of Bình"
    review.counter.type("Hi ")
    line = review.counter.composer.page.line
    assert line is not None
    review.counter.composer.attaching.remove(line.shown.files[0].sha256)
    at.recipients.cc.line.setText("son@customer.example")
    at.recipients.finish()
    review.counter.composer.send()
    review.until(lambda: desk.approvals.count() == 0)
    row = desk.approvals.open(review.one).row
    assert row.final is not None and row.state is ApprovalState.APPROVED
    assert row.final.body.replace("Hi ", "") == WORDS and "<b>" in row.final.html
    assert ("cc", "son@customer.example") in [(role, who.address) for role, who in row.final.people]
    assert (row.final.files, row.given.files[0].filename) == ((), "giá.txt")
    review.until(lambda: KINDS[at.tabs.currentIndex()] == "reply")
    assert at.editor.toPlainText() == "", "the senior's own reply is another draft"


def test_undo_brings_the_seniors_version_back_into_its_tab(review: Review) -> None:
    review.begin()
    review.counter.type("Hi ")
    review.counter.composer.send()
    review.until(lambda: review.at.undo.counting)
    review.at.undo.take_back()
    review.until(lambda: KINDS[review.at.tabs.currentIndex()] == "review")
    review.until(lambda: "Hi " in review.at.editor.toPlainText())
    assert review.desk.approvals.count() == 1


def test_the_program_dies_in_the_middle_and_the_version_is_there(review: Review) -> None:
    review.begin()
    review.counter.type("Hi ")
    review.counter.composer.flush()
    review.counter.settle()
    again = review.counter.new_composer()
    review.counter.open(review.counter.ticket, again)
    review.until(lambda: again.keeper.line("review") is not None)
    assert "Hi " in again.keeper.line("review").shown.body  # type: ignore[union-attr]
    [row] = review.desk.approvals.waiting()
    assert row.body == WORDS, "what was handed in is untouched"


@pytest.mark.parametrize(
    ("end", "words"), [("withdrawn", "Bình took this reply back"), ("approved", "approved this")]
)
def test_decided_meanwhile_it_is_told_and_what_was_edited_stays(
    review: Review, end: str, words: str
) -> None:
    review.begin()
    review.counter.type("Hi ")
    if end == "withdrawn":
        review.desk.agent = review.counter.ground.olga
        review.desk.approvals.withdraw(review.one)
        review.desk.agent = review.counter.ground.anna
    else:
        review.desk.approvals.approve(review.one, 1)
    before = len(review.desk.replies.outbox())
    review.counter.composer.send()
    review.until(lambda: not review.at.notice.isHidden())
    review.watch.read(review.counter.ticket)
    review.until(lambda: words in review.at.approval.words.text())
    assert "Hi " in review.at.editor.toPlainText()
    assert len(review.desk.replies.outbox()) == before
    review.at.approval.choose("Discard my version")
    review.until(lambda: not review.at.tabs.isTabVisible(KINDS.index("review")))


def test_ones_own_version_approved_in_the_panel_ends_in_the_composer_too(review: Review) -> None:
    review.begin()
    review.counter.type("Hi ")
    review.counter.composer.flush()
    review.counter.settle()
    opened = review.desk.approvals.open(review.one)
    review.desk.approvals.approve(review.one, opened.row.version, opened.mine)
    review.watch.read(review.counter.ticket)
    review.until(lambda: not review.at.tabs.isTabVisible(KINDS.index("review")))
    assert KINDS[review.at.tabs.currentIndex()] == "reply"


def test_the_card_of_what_was_sent_says_who_approved_it(review: Review) -> None:
    desk = review.desk
    given = desk.approvals.open(review.one).draft
    sent = desk.approvals.approve(review.one, 1, replace(given, body="Hi"))
    [message] = [
        one
        for one in desk.tickets.conversation(review.counter.ticket).messages
        if one.id == sent.message
    ]
    assert message.approved is not None and message.approved.changed
    line = ApprovedLine(message, review.shell)
    review.counter.qtbot.addWidget(line)
    assert line.words.accessibleName() == "Written by Bình, changed and approved by Anna"
    asked: list[object] = []
    review.shell.approvals_wanted.connect(asked.append)
    [button] = line.findChildren(QPushButton)
    button.click()
    assert asked == [review.one]


def test_the_customer_writes_meanwhile_and_the_approval_stops(review: Review) -> None:
    review.begin()
    review.counter.customer_writes_again()
    review.counter.composer.send()
    review.until(lambda: "Approve and send anyway (F9)" in review.at.notice.choices())
    assert review.desk.approvals.count() == 1
    review.until(lambda: "Em cần trước ngày 25" in review.at.notice.words.text())
    review.at.notice.choose("Approve and send anyway (F9)")
    review.until(lambda: review.desk.approvals.count() == 0)


def test_returned_from_the_composer_with_the_proposal(review: Review) -> None:
    review.begin()
    review.counter.type("Hi ")
    review.at.send.return_wanted.emit()
    [dialog] = review.counter.composer.findChildren(ReturnDialog)
    dialog.comment.setPlainText("Chào trước đã")
    dialog.go.click()
    review.until(lambda: review.desk.approvals.count() == 0)
    row = review.desk.approvals.open(review.one).row
    assert (row.state, row.comment, row.changed) == (ApprovalState.RETURNED, "Chào trước đã", True)
    review.desk.agent = review.counter.ground.olga
    review.watch.read(review.counter.ticket)
    review.until(
        lambda: "Anna returned this reply: Chào trước đã" in review.at.approval.words.text()
    )
    assert review.at.approval.choices() == ["What was changed"]


def test_a_junior_hands_in_by_every_way_and_each_says_so(review: Review) -> None:
    review.desk.agent = review.counter.ground.olga
    review.watch.read(review.counter.ticket)
    at = review.at
    review.until(lambda: at.send.main.text() == "Hand in for approval")
    shown = [one.text().partition("\t")[0] for one in at.send.menu.actions() if one.isVisible()]
    assert all(one.startswith("Hand in") for one in shown if one), shown
    assert review.say("reply.send_close_next") == "Hand in, close and go to the next"
    gone: list[bool] = []
    review.counter.composer.next_wanted.connect(lambda: gone.append(True))
    review.desk.approvals.withdraw(review.one)
    review.counter.composer.keeper.ask_again()
    review.until(lambda: at.editor.toPlainText() == WORDS)
    review.counter.composer.send(CLOSE_NEXT)
    review.until(lambda: bool(gone))
    [row] = review.desk.approvals.waiting()
    assert row.status is TicketStatus.CLOSED


def test_a_reply_taken_back_beside_a_new_draft_is_offered(counter: Counter) -> None:
    desk, at = counter.desk, counter.composer.at
    first = replace(desk.replies.draft(counter.ticket), body="On Friday")
    sent = desk.replies.send(first)
    desk.replies.save(replace(desk.replies.draft(counter.ticket), body="And one more"))
    desk.agent = counter.ground.olga
    desk.replies.cancel(sent.outbox_id)
    desk.agent = counter.ground.anna
    counter.open(counter.ticket)
    counter.until(lambda: "On Friday" in at.aside.words.text())
    assert at.editor.toPlainText() == "And one more"
    at.aside.choose("Put it above this text")
    counter.until(lambda: at.editor.toPlainText() == "On Friday\n\nAnd one more")
    counter.until(lambda: at.aside.isHidden())
    assert desk.replies.aside(counter.ticket) == ()


def _lost_answers(review: Review, name: str) -> list[Any]:
    """The desk does it, and the first answer is lost on the way."""
    part, calls = review.desk.approvals, []
    real = getattr(part, name)

    def once_lost(*told: object, **more: object) -> object:
        done = real(*told, **more)
        calls.append(done)
        if len(calls) == 1:
            raise Problem(ProblemKind.OUTCOME_UNKNOWN, act="x")
        return done

    setattr(part, name, once_lost)
    return calls


def test_handed_in_again_after_an_unknown_end_it_waits_once(review: Review) -> None:
    desk, counter = review.desk, review.counter
    desk.agent = counter.ground.olga
    desk.approvals.withdraw(review.one)
    counter.composer.keeper.ask_again()
    review.until(lambda: review.at.editor.toPlainText() == WORDS)
    calls = _lost_answers(review, "submit")
    counter.composer.send()
    review.until(lambda: bool(calls) and not review.at.notice.isHidden())
    counter.composer.send()
    review.until(lambda: len(calls) == 2)
    assert calls[0] == calls[1] and desk.approvals.count() == 1
    review.until(lambda: review.at.editor.toPlainText() == "")


def test_approved_again_after_an_unknown_end_it_leaves_once(review: Review) -> None:
    review.begin()
    review.counter.type("Hi ")
    calls = _lost_answers(review, "approve")
    review.counter.composer.send()
    review.until(lambda: bool(calls) and not review.at.notice.isHidden())
    review.counter.composer.send()
    review.until(lambda: len(calls) == 2)
    assert len({one.outbox_id for one in calls}) == len(review.desk.replies.outbox()) == 1
    review.until(lambda: review.at.undo.counting)
