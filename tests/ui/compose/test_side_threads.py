"""A third party is written to from the composer, and nothing of it mixes with the reply."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import MessageId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.replies import FORWARD
from tests.desk.letters import letter

from .counter import Counter

SHOW = Callable[[], None]
CARRIER = "desk@carrier.example"


def _first(counter: Counter) -> MessageId:
    return counter.desk.tickets.conversation(counter.ticket).messages[0].id


def _begin(counter: Counter, qtbot: QtBot) -> None:
    counter.composer.side.forward(_first(counter))
    qtbot.waitUntil(lambda: counter.composer.page.kind == FORWARD)


def _send_to_carrier(counter: Counter, qtbot: QtBot, words: str) -> None:
    at = counter.composer.at
    at.recipients.to.line.setText(CARRIER)
    at.recipients.to.finish()
    at.editor.setFocus()
    counter.type(words)
    with qtbot.waitSignal(counter.composer.sent):
        counter.composer.send()


def test_a_forward_opens_beside_the_reply_and_leaves_without_it(
    counter: Counter, at_work: SHOW, qtbot: QtBot
) -> None:
    at_work()
    composer, at = counter.composer, counter.composer.at
    assert not at.tabs.isTabVisible(2)
    counter.type("Dear Chau")
    _begin(counter, qtbot)
    assert at.tabs.isTabVisible(2) and at.editor.text() == ""
    assert at.recipients.isVisible() and "customer sees neither" in at.head_note.text()
    assert at.send.main.text() == "Send aside" and not at.quote.isVisible()
    _send_to_carrier(counter, qtbot, "Where is it?")
    qtbot.waitUntil(lambda: composer.page.kind == "reply")
    qtbot.waitUntil(lambda: at.editor.text() == "Dear Chau")
    assert not at.tabs.isTabVisible(2)
    conversation = counter.desk.tickets.conversation(counter.ticket)
    sent = conversation.messages[-1]
    assert sent.side == sent.id and [one.address for one in sent.to] == [CARRIER]
    assert "Dear Chau" not in sent.text and "Where is it?" in sent.text
    assert "Từ: Nguyễn Thị Minh Châu" in sent.text, "in the ticket's language"
    assert conversation.ticket.status is TicketStatus.ON_HOLD


def test_undone_it_is_a_forward_again_and_the_reply_keeps_its_own_words(
    counter: Counter, at_work: SHOW, qtbot: QtBot
) -> None:
    at_work()
    counter.type("Dear Chau")
    _begin(counter, qtbot)
    _send_to_carrier(counter, qtbot, "Where is it?")
    composer = counter.composer
    qtbot.waitUntil(lambda: composer.at.editor.text() == "Dear Chau")
    composer.at.undo.take_back()
    qtbot.waitUntil(lambda: composer.page.kind == FORWARD)
    qtbot.waitUntil(lambda: composer.at.editor.text() == "Where is it?")
    reply = composer.keeper.line("reply")
    assert reply is not None and reply.shown.body == "Dear Chau"


def test_words_to_one_third_party_are_not_replaced_by_the_next(
    counter: Counter, at_work: SHOW, qtbot: QtBot
) -> None:
    at_work()
    _begin(counter, qtbot)
    counter.composer.at.editor.setFocus()
    counter.type("half a")
    counter.composer.focus_reply()
    counter.composer.side.forward(None)
    assert counter.composer.page.kind == FORWARD
    assert counter.composer.at.editor.text() == "half a"
    assert "not sent yet" in counter.composer.at.notice.words.text()


def test_the_side_thread_is_answered_from_its_card(
    counter: Counter, at_work: SHOW, qtbot: QtBot
) -> None:
    at_work()
    _begin(counter, qtbot)
    _send_to_carrier(counter, qtbot, "Where is it?")
    ours = counter.desk.tickets.conversation(counter.ticket).messages[-1]
    theirs = letter("In Huế", sender=CARRIER, answers=(ours.message_id,), hours=25)
    counter.ground.arrive(theirs)
    conversation = counter.desk.tickets.conversation(counter.ticket)
    answer = next(one for one in conversation.messages if one.sender.address == CARRIER)
    assert answer.side == ours.id and conversation.ticket.status is TicketStatus.OPEN
    counter.composer.open_ticket(conversation)
    counter.composer.side.answer(answer.id, ours.id)
    qtbot.waitUntil(lambda: counter.composer.page.kind == FORWARD)
    line = counter.composer.keeper.line(FORWARD)
    assert line is not None and line.shown.to == (Address("", CARRIER),)
    assert counter.composer.at.tabs.tabText(2) == "Side thread"
