"""A reply taken back elsewhere: after a restart, or by a colleague while its writer looks on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from deskapp.desk import Desk
from deskapp.desk.sending import Sent
from deskapp.domain.ids import OutboxId
from deskapp.domain.replies import Draft
from deskapp.ui.compose import Composer

from .counter import Counter

Show = Callable[[], None]
TEXT = "Dear 👋 Châu, wait"
CARET = len("Dear 👋 Châu")


@pytest.fixture
def sent(counter: Counter) -> Sent:
    """With a file, and the caret in the middle."""
    replies = counter.desk.replies
    draft = replace(replies.draft(counter.ticket), body=TEXT, caret=CARET)
    return replies.send(replies.attach(draft, "label.pdf", "application/pdf", b"%PDF"))


def _olga(counter: Counter) -> Desk:
    context = counter.ground.context
    return Desk(context.database, context.mail, agent=counter.ground.olga)


def _is_back(composer: Composer) -> bool:
    line = composer.keeper.line("reply")
    return (
        line is not None
        and composer.at.editor.text() == TEXT
        and composer.at.editor.caret() == CARET
        and [file.filename for file in line.shown.files] == ["label.pdf"]
    )


def _reads_again(counter: Counter) -> None:
    """As the page does when it hears that the ticket changed."""
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.ticket))


@pytest.mark.parametrize("opened_before", [True, False])
def test_a_window_started_since_has_the_draft_with_caret_and_files(
    counter: Counter, sent: Sent, opened_before: bool
) -> None:
    started = counter.new_composer()
    if opened_before:
        counter.open(counter.ticket, started)
        started.bring_back(counter.desk.replies.undo(sent.outbox_id))
    else:
        counter.desk.replies.undo(sent.outbox_id)
        counter.open(counter.ticket, started)
    counter.until(lambda: _is_back(started))
    started.flush()
    counter.settle()
    assert counter.desk.replies.draft(counter.ticket).body == TEXT


def test_one_that_a_colleague_takes_back_comes_into_the_writers_open_window(
    counter: Counter, at_work: Show, sent: Sent
) -> None:
    at_work()
    _olga(counter).replies.undo(sent.outbox_id)
    _reads_again(counter)
    counter.until(lambda: _is_back(counter.composer))
    counter.type("!")
    counter.composer.flush()
    counter.settle()
    assert counter.desk.replies.draft(counter.ticket).body == TEXT.replace(",", "!,")


def test_what_was_typed_and_not_yet_saved_and_what_came_back_are_a_choice_and_both_stay(
    counter: Counter, at_work: Show, sent: Sent
) -> None:
    at_work()
    counter.type("second!")
    back = _taken_back(counter, sent.outbox_id)
    _reads_again(counter)
    counter.composer.flush()
    notice, editor = counter.composer.at.notice, counter.composer.at.editor
    counter.until(lambda: notice.choices() == ["Keep this text", "Take the other text"])
    assert editor.text() == "second!"
    assert counter.desk.replies.draft(counter.ticket).body == back.body == TEXT
    notice.choose("Take the other text")
    counter.until(lambda: editor.text() == back.body)
    editor.undo()
    assert editor.text() == "second!"


def _taken_back(counter: Counter, outbox: OutboxId) -> Draft:
    return _olga(counter).replies.undo(outbox)


def test_what_came_back_stands_beside_a_draft_begun_since_and_can_be_put_above_it(
    counter: Counter, at_work: Show, sent: Sent
) -> None:
    at_work()
    counter.type("second")
    counter.composer.flush()
    counter.settle()
    counter.type("!")
    _taken_back(counter, sent.outbox_id)
    _reads_again(counter)
    counter.composer.flush()
    at = counter.composer.at
    counter.until(lambda: at.aside.choices() == ["Put it above this text", "Discard it"])
    counter.settle()
    assert at.editor.text() == counter.desk.replies.draft(counter.ticket).body == "second!"
    assert [one.body for one in counter.desk.replies.aside(counter.ticket)] == [TEXT]
    at.aside.choose("Put it above this text")
    counter.until(lambda: at.editor.text() == TEXT + "\n\nsecond!")
