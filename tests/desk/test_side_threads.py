"""A third party is asked about a ticket, and the customer's conversation knows nothing of it."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from deskapp.data.queries.blobs import get_blobs
from deskapp.domain.ids import MessageId
from deskapp.domain.kinds import Direction, EventKind, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.tickets import MessageRow, TicketEdit

from .ground import Ground
from .letters import letter

FIRST = "a@customer.example"
THEIRS = "c@carrier.example"
MAI, CARRIER = "mai@customer.example", "desk@carrier.example"
SECRET = "The van burned out, do not tell the shop's customer"


@pytest.fixture
def asked(ground: Ground) -> Ground:
    """Mai asks about her parcel, with a picture of the box."""
    ground.arrive(letter(message_id=FIRST, file=("box.jpg", b"jpeg")))
    return ground


def _forward(ground: Ground, **more: object) -> Draft:
    draft = ground.side_threads.forward(ground.only(), ground.messages()[0].id)
    return replace(draft, to=(Address("Carrier", CARRIER),), **more)  # type: ignore[arg-type]


def _ask_carrier(ground: Ground, body: str = "Where is it?") -> str:
    return ground.replies.send(_forward(ground, body=body), delay=timedelta(0)).message_id


def _carrier(text: str, *answers: str, hours: float = 26, **more: str) -> bytes:
    """Their mail, two hours after the desk's day began."""
    about = {"sender": CARRIER, "subject": "Re: Fwd: box", **more}
    return letter(text, answers=answers, hours=hours, **about)  # type: ignore[arg-type]


@pytest.fixture
def answered(asked: Ground) -> Ground:
    """The carrier was asked, and has answered."""
    asked.arrive(_carrier(SECRET, _ask_carrier(asked), message_id=THEIRS))
    asked.later(hours=5)
    return asked


def _mail(ground: Ground, one: MessageRow) -> EmailMessage:
    assert one.sha256 is not None
    with ground.database.reading() as connection:
        raw = get_blobs(connection, [one.sha256])[one.sha256]
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _sides(ground: Ground) -> list[MessageId | None]:
    return [one.side for one in ground.messages()]


def test_a_forward_hands_on_the_message_below_its_headers_and_its_files(asked: Ground) -> None:
    draft = _forward(asked, body="Where is it?")
    assert [file.filename for file in draft.files] == ["box.jpg"]
    assert asked.replies.cautions(draft) == ()
    asked.replies.send(draft, delay=timedelta(0))
    [first, sent] = asked.messages()
    mail = _mail(asked, sent)
    assert (mail["To"], mail["Subject"]) == (f"Carrier <{CARRIER}>", "Fwd: Where is order #10482?")
    assert mail["In-Reply-To"] is None and mail["References"] is None
    body = mail.get_body(("plain",))
    assert body is not None
    told = body.get_content()
    assert "Where is it?" in told and "From: Mai Lan <mai@customer.example>" in told
    assert told.index("Forwarded message") < told.index("Where is my parcel?")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["box.jpg"]
    assert (sent.side, first.side) == (sent.id, None)
    assert [one.address for one in sent.third_parties] == [CARRIER]


def test_a_file_taken_out_stays_here(asked: Ground) -> None:
    draft = _forward(asked, body="x")
    draft = asked.replies.detach(draft, draft.files[0].sha256)
    asked.replies.send(draft, delay=timedelta(0))
    assert list(_mail(asked, asked.messages()[1]).iter_attachments()) == []


def test_the_whole_conversation_is_handed_on_without_notes_and_other_side_threads(
    answered: Ground,
) -> None:
    one = answered.only()
    answered.answer("We are asking.")
    answered.tickets.note(one, "She is rude")
    draft = answered.side_threads.forward(one)
    told = answered.replies.preview(replace(draft, to=(Address("", "b@other.example"),))).text
    assert told.index("Where is my parcel?") < told.index("We are asking.")
    assert "rude" not in told and SECRET not in told


def test_what_is_asked_waits_for_the_third_party_and_their_answer_is_news_for_us(
    asked: Ground,
) -> None:
    since = asked.rows()[0].waiting_since
    sent = _ask_carrier(asked)
    assert (asked.rows()[0].status, asked.rows()[0].waiting_since) == (TicketStatus.ON_HOLD, None)
    asked.arrive(_carrier(SECRET, sent))
    [row] = asked.rows()
    assert (row.status, row.customer_name, row.unread) == (TicketStatus.OPEN, "Mai Lan", True)
    assert row.waiting_since == since, "the customer waits for us since they wrote"
    assert _sides(asked)[1] == _sides(asked)[2] == asked.messages()[1].id
    kinds = [one.kind for one in asked.tickets.conversation(row.id).events]
    assert EventKind.FORWARDED in kinds and EventKind.SIDE_ANSWER in kinds
    assert kinds.count(EventKind.RECEIVED) == 1 and EventKind.REPLIED not in kinds


def test_after_our_answer_only_the_third_party_waits(asked: Ground) -> None:
    sent = _ask_carrier(asked)
    asked.later(hours=1)
    asked.answer("We are asking.")
    asked.arrive(_carrier(SECRET, sent, hours=30))
    assert asked.rows()[0].status is TicketStatus.OPEN
    assert asked.rows()[0].waiting_since == asked.messages()[-1].at


def test_the_customer_is_never_told_what_the_third_party_said(answered: Ground) -> None:
    draft = answered.replies.draft(answered.only())
    assert ([one.address for one in draft.to], draft.cc) == ([MAI], ())
    for quote, quote_all in ((False, False), (True, False), (True, True)):
        sent = answered.replies.send(
            replace(draft, id=None, body="Soon.", quote=quote, quote_all=quote_all),
            delay=timedelta(0),
            force=True,
        )
        row = next(one for one in answered.messages() if one.id == sent.message)
        whole = _mail(answered, row).as_string()
        assert "van" not in whole and "carrier" not in whole.casefold()
        assert _mail(answered, row)["In-Reply-To"] == f"<{FIRST}>"


def test_the_third_party_takes_no_part_in_the_ticket(answered: Ground) -> None:
    answered.arrive(_carrier("Me again", FIRST, hours=27))
    assert [row.customer_name for row in answered.rows()] == ["Mai Lan", ""]
    assert answered.messages(answered.rows()[1].id)[0].joined_by == "claim"


def test_a_third_party_becomes_no_customer_by_answering(answered: Ground) -> None:
    answered.arrive(_mail(answered, answered.messages()[1]).as_bytes(), role="sent")
    assert answered.customers.by_address(CARRIER) is None
    assert len(answered.messages()) == 3


def test_the_customers_answer_stays_with_the_customer(answered: Ground) -> None:
    ours = answered.answer("We are asking.")
    answered.arrive(letter("Thanks", answers=(FIRST, ours), hours=30))
    assert answered.messages()[-1].side is None
    draft = answered.replies.draft(answered.only())
    assert [one.address for one in (*draft.to, *draft.cc)] == [MAI]


def test_the_customer_who_was_shown_a_side_thread_speaks_to_us_outside_of_it(
    answered: Ground,
) -> None:
    forwarded = answered.messages()[1].message_id
    answered.arrive(letter("They showed me this", answers=(forwarded,), hours=28))
    last = answered.messages()[-1]
    assert (last.side, last.marked, last.sender.address) == (None, False, MAI)


def test_a_colleague_of_theirs_is_marked_and_stays_in_the_side_thread(answered: Ground) -> None:
    forwarded = answered.messages()[1]
    answered.arrive(
        _carrier("I took over", forwarded.message_id, sender="bo@carrier.example", hours=28)
    )
    last = answered.messages()[-1]
    assert (last.side, last.marked, last.ask) == (forwarded.id, True, None)


def test_a_stranger_who_names_the_third_partys_mail_is_not_let_in(asked: Ground) -> None:
    sent = _ask_carrier(asked)
    asked.arrive(_carrier("Late", sent, message_id=THEIRS))
    asked.arrive(_carrier("Hi", THEIRS, sender="eve@other.example", hours=27))
    assert [row.message_count for row in asked.rows()] == [3, 1]
    asked.arrive(_carrier("Me again", THEIRS, hours=28))
    [_, ours, *theirs] = asked.messages(asked.rows()[0].id)
    assert [one.side for one in theirs] == [ours.id] * 2


def test_mails_of_one_batch_find_the_side_thread_too(asked: Ground) -> None:
    sent = _ask_carrier(asked)
    asked.arrive(
        _carrier("One", sent, message_id=THEIRS),
        _carrier("Two", THEIRS, hours=27),
    )
    assert len(set(_sides(asked)[1:])) == 1 and len(asked.messages()) == 4


def test_an_answer_in_the_side_thread_names_only_the_side_thread(answered: Ground) -> None:
    [_, sent, theirs] = answered.messages()
    draft = answered.side_threads.answer(answered.only(), theirs.id)
    assert ([one.address for one in draft.to], draft.cc) == ([CARRIER], ())
    answered.replies.send(replace(draft, body="When then?", quote_all=True), delay=timedelta(0))
    mail = _mail(answered, answered.messages()[-1])
    assert mail["In-Reply-To"] == f"<{THEIRS}>"
    assert mail["References"].split() == [f"<{sent.message_id}>", f"<{THEIRS}>"]
    body = mail.get_body(("plain",))
    assert body is not None and SECRET in body.get_content()
    assert answered.messages()[-1].side == sent.id


def test_a_forward_to_the_customer_is_refused(asked: Ground) -> None:
    draft = replace(_forward(asked, body="x"), cc=(Address("", MAI),))
    with pytest.raises(Problem) as refused:
        asked.replies.send(draft)
    assert refused.value.kind is ProblemKind.INVALID
    assert refused.value.details["what"] == "third_party"
    assert len(asked.messages()) == 1


def test_taken_back_it_is_a_draft_of_a_forward_again(asked: Ground) -> None:
    sent = asked.replies.send(asked.replies.save(_forward(asked, body="Where?")))
    back = asked.replies.undo(sent.outbox_id)
    assert (back.kind, back.body, len(back.files)) == ("forward", "Where?", 1)
    assert back.forwards == asked.messages()[0].id and len(asked.messages()) == 1
    assert asked.rows()[0].status is TicketStatus.NEW


def test_a_begun_forward_is_not_overwritten_by_another(asked: Ground) -> None:
    kept = asked.replies.save(_forward(asked, body="half a"))
    again = asked.side_threads.forward(asked.only())
    assert (again.id, again.body, again.forwards) == (kept.id, "half a", kept.forwards)
    assert asked.side_threads.open_draft(asked.only()) == again


def test_our_answer_from_a_phone_stays_in_the_side_thread(asked: Ground) -> None:
    sent = _ask_carrier(asked)
    asked.arrive(_carrier("Where?", sent, message_id=THEIRS))
    asked.later(hours=5)
    from_phone = letter(
        "There",
        sender="support@shop.example",
        to=CARRIER,
        subject="Re: box",
        answers=(THEIRS,),
        hours=28,
    )
    asked.arrive(from_phone, role="sent")
    last = asked.messages()[-1]
    assert (last.direction, last.side) == (Direction.OUT, asked.messages()[1].id)


def test_a_machines_answer_opens_nothing(asked: Ground) -> None:
    machine = {"Auto-Submitted": "auto-replied"}
    sent = _ask_carrier(asked)
    asked.arrive(letter("We got it", sender=CARRIER, answers=(sent,), hours=26, headers=machine))
    assert asked.rows()[0].status is TicketStatus.ON_HOLD
    assert asked.messages()[-1].side is not None


def test_a_side_thread_of_a_closed_ticket_opens_it_however_late(asked: Ground) -> None:
    sent = _ask_carrier(asked)
    asked.tickets.edit(asked.only(), TicketEdit(status=TicketStatus.CLOSED))
    asked.later(days=40)
    asked.arrive(_carrier("Found it", sent, hours=24 * 30))
    [row] = asked.rows()
    assert (row.status, row.message_count) == (TicketStatus.OPEN, 3)
