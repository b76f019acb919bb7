"""A side thread beside the desk's machines: automatic replies, delivery reports, sleep, files."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from deskapp.data.queries.blobs import get_blob
from deskapp.desk.auto_replies import AutoReplies
from deskapp.desk.canned import Canned
from deskapp.domain.kinds import EventKind, MailKind, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.replies import CannedReply
from deskapp.domain.snoozing import Snooze, WokeBy
from deskapp.domain.tickets import MessageRow, TicketEdit

from .ground import Ground
from .letters import letter
from .test_returned_mail import report

MAI, CARRIER = "mai@customer.example", "desk@carrier.example"
FIRST = "a@customer.example"


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id=FIRST))
    return ground


def _ask(ground: Ground, carrier: str = CARRIER) -> str:
    """A carrier is asked about the customer's first mail; the Message-ID of that."""
    draft = ground.side_threads.forward(ground.only(), ground.messages()[0].id)
    draft = replace(draft, to=(Address("", carrier),), body="Where is it?")
    return ground.replies.send(draft, delay=timedelta(0)).message_id


def _bounced(ground: Ground, message_id: str, recipient: str = CARRIER) -> None:
    told = report(message_id).replace(MAI.encode(), recipient.encode())
    ground.arrive(told.replace(b"b@mx.example", recipient.encode()))


def _automatic(ground: Ground) -> list[MessageRow]:
    return [one for one in ground.messages() if one.kind is MailKind.AUTO_REPLY]


def _switch_auto_reply_on(ground: Ground) -> None:
    canned = Canned(ground.context)
    text = canned.save(CannedReply(None, "Received", "", (("en", "We have it."),), 1)).id
    assert text is not None
    AutoReplies(ground.context).switch_on(ground.mailbox, text)


def test_no_automatic_reply_goes_into_a_side_thread_though_the_customer_still_gets_theirs(
    asked: Ground,
) -> None:
    _switch_auto_reply_on(asked)
    sent = _ask(asked)
    asked.arrive(letter("In the van", sender=CARRIER, answers=(sent,), hours=25))
    assert asked.messages()[-1].side is not None and _automatic(asked) == []
    asked.arrive(letter("Any news?", answers=(FIRST,), hours=26))
    [given] = _automatic(asked)
    assert ([one.address for one in given.to], given.side) == ([MAI], None)


def test_a_forward_that_came_back_is_told_until_the_third_party_is_written_to_again(
    asked: Ground,
) -> None:
    sent = _ask(asked)
    asked.later(hours=2)
    asked.answer("We are asking the carrier.")
    asked.later(hours=2)
    _bounced(asked, sent)
    [row] = asked.rows()
    assert row.returned and row.status is TicketStatus.OPEN
    [ours] = [one for one in asked.messages() if one.returned]
    assert (ours.message_id, ours.returned[0].recipient) == (sent, CARRIER)
    [about] = [one for one in asked.messages() if one.kind is MailKind.BOUNCE]
    assert about.side == ours.side == ours.id
    assert row.customer_id is not None
    [mail] = asked.customers.record(row.customer_id).contacts
    assert not mail.bounced, "it is the third party's address that is gone"
    asked.later(hours=2)
    asked.answer("Still asking.")
    assert asked.rows()[0].returned, "the customer was answered, the third party was not"
    draft = asked.side_threads.answer(asked.only(), ours.id)
    asked.replies.send(replace(draft, body="Again"), delay=timedelta(0))
    assert not asked.rows()[0].returned


def test_a_report_about_a_forward_opens_the_ticket_though_the_customer_was_answered_since(
    asked: Ground,
) -> None:
    sent = _ask(asked)
    asked.later(hours=4)  # the report is dated three hours after the forward
    asked.answer("We are asking the carrier.")
    _bounced(asked, sent)
    assert asked.rows()[0].status is TicketStatus.OPEN and asked.rows()[0].returned


def test_a_report_about_one_third_party_says_nothing_of_another(asked: Ground) -> None:
    first, second = _ask(asked), _ask(asked, "b@other.example")
    _bounced(asked, first)
    marked = {one.message_id: bool(one.returned) for one in asked.messages()}
    assert (marked[first], marked[second]) == (True, False)
    asked.later(hours=9)
    ours = next(one for one in asked.messages() if one.message_id == second)
    draft = asked.side_threads.answer(asked.only(), ours.id)
    asked.replies.send(replace(draft, body="And?"), delay=timedelta(0), force=True)
    assert asked.rows()[0].returned


def test_a_ticket_that_sleeps_until_the_customer_writes_wakes_to_the_third_party_by_name(
    asked: Ground,
) -> None:
    sent = _ask(asked)
    asked.tickets.edit(asked.only(), TicketEdit(snooze=Snooze(None, True)))
    asked.arrive(letter("In the van", sender=CARRIER, answers=(sent,), hours=25))
    told = asked.tickets.conversation(asked.only()).events
    assert [one.reason for one in told if one.kind is EventKind.WOKE] == [WokeBy.THIRD_PARTY]


def test_a_whole_mail_that_hangs_on_is_handed_on_whole(ground: Ground) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "courier@carrier.example", "Lieferung 配送"
    inner.set_content("Nobody was at home. 沒有人在家")
    outer = message_from_bytes(letter(message_id=FIRST), policy=policy.default)
    assert isinstance(outer, EmailMessage)
    outer.add_attachment(inner)
    ground.arrive(outer.as_bytes())
    sent = _ask(ground)
    row = next(one for one in ground.messages() if one.message_id == sent)
    assert row.sha256 is not None
    with ground.database.reading() as connection:
        mail = message_from_bytes(get_blob(connection, row.sha256))
    [hung] = [one for one in mail.walk() if one.get_filename()]
    assert (hung.get_filename() or "").endswith(".eml")
    again = hung.get_payload(decode=True)
    assert isinstance(again, bytes)
    read = ground.context.mail.parse(again)
    assert (read.sender.address, read.subject) == ("courier@carrier.example", "Lieferung 配送")
    assert "沒有人在家" in read.text


def test_an_answer_that_its_mail_wants_elsewhere_is_told(asked: Ground) -> None:
    sent = _ask(asked)
    wants = {"Reply-To": "desk@elsewhere.example"}
    asked.arrive(letter("Here", sender=CARRIER, answers=(sent,), hours=25, headers=wants))
    theirs = asked.messages()[-1]
    draft = asked.side_threads.answer(asked.only(), theirs.id)
    assert [one.address for one in draft.to] == ["desk@elsewhere.example"]
    told = asked.side_threads.heading(draft).elsewhere
    assert told is not None and told.stranger and told.sender.address == CARRIER
