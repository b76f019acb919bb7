"""Answering: drafts, what leaves, and taking it back."""

import email
from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.domain.kinds import OutboxState, TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind

from .ground import Ground
from .letters import letter

ADDRESSES = "Mai Lan <mai@customer.example>"


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example", cc="Her boss <boss@customer.example>"))
    return ground


def test_a_fresh_draft_answers_who_wrote_and_keeps_their_copies(asked: Ground) -> None:
    draft = asked.replies.draft(asked.only())
    assert draft.to == (Address("Mai Lan", "mai@customer.example"),)
    assert draft.cc == (Address("Her boss", "boss@customer.example"),)


def test_a_draft_is_there_again_as_it_was_left(asked: Ground) -> None:
    draft = asked.replies.draft(asked.only())
    saved = asked.replies.save(replace(draft, body="Chào chị Lan,\nđơn 訂單", caret=5))
    saved = asked.replies.attach(saved, "label.pdf", "application/pdf", b"%PDF-1")
    assert asked.replies.draft(asked.only()) == saved
    assert asked.as_olga().replies.draft(asked.only()).body == "", "everybody has their own"


def test_two_windows_of_one_person_do_not_overwrite_each_other(asked: Ground) -> None:
    first = asked.replies.save(replace(asked.replies.draft(asked.only()), body="one"))
    asked.replies.save(replace(first, body="two"))
    with pytest.raises(Problem) as refused:
        asked.replies.save(replace(first, body="three"))
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert asked.replies.draft(asked.only()).body == "two"


def test_a_sent_reply_is_in_the_outbox_with_its_final_bytes(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="On its way.")
    preview = asked.replies.preview(draft)
    sent = asked.replies.send(draft)
    conversation = asked.tickets.conversation(asked.only())
    ours = conversation.messages[-1]
    mail = email.message_from_bytes(asked.tickets.raw(ours.id))
    assert mail["Message-ID"] == f"<{sent.message_id}>"
    assert mail["In-Reply-To"] == "<a@customer.example>" == mail["References"]
    assert mail["Subject"] == "Re: Where is order #10482?"
    assert mail["To"] == ADDRESSES and "support@shop.example" in mail["From"]
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n").strip() == preview.strip() == ours.text.strip()
    assert preview.startswith("On its way.\n\nAnna, Lotus\n") and "> Where is my parcel?" in preview
    assert sent.not_before == asked.time + timedelta(seconds=15)
    [waiting] = asked.replies.outbox()
    assert (waiting.state, waiting.to) == (
        OutboxState.QUEUED,
        ("mai@customer.example", "boss@customer.example"),
    )


def test_answering_turns_the_ticket_and_makes_it_ours(asked: Ground) -> None:
    asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    row = asked.tickets.row(asked.only())
    assert (row.status, row.assignee_id, row.waiting_since) == (
        TicketStatus.WAITING,
        asked.anna,
        None,
    )
    assert asked.replies.draft(asked.only()).body == "", "the sent draft is closed"


def test_a_reply_to_a_ticket_that_moved_on_is_stopped_until_forced(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    asked.arrive(letter("It came!", answers=("a@customer.example",), hours=2))
    with pytest.raises(Problem) as stopped:
        asked.replies.send(draft)
    assert stopped.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert asked.replies.outbox() == ()
    asked.replies.send(draft, force=True)
    assert len(asked.replies.outbox()) == 1


def test_a_colleagues_note_stops_a_reply_and_ones_own_does_not(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    asked.tickets.note(asked.only(), "my own")
    asked.as_olga().tickets.note(asked.only(), "do not answer, I called her")
    with pytest.raises(Problem):
        asked.replies.send(draft)


def test_taking_back_brings_draft_files_and_status_as_they_were(asked: Ground) -> None:
    draft = asked.replies.attach(
        replace(asked.replies.draft(asked.only()), body="Hello", caret=3),
        "a.txt",
        "text/plain",
        b"x",
    )
    sent = asked.replies.send(draft, status=TicketStatus.SOLVED)
    assert asked.tickets.row(asked.only()).status is TicketStatus.SOLVED
    back = asked.replies.undo(sent.outbox_id)
    assert (back.body, back.caret, [file.filename for file in back.files]) == (
        "Hello",
        3,
        ["a.txt"],
    )
    row = asked.tickets.row(asked.only())
    assert (row.status, row.message_count) == (TicketStatus.NEW, 1)
    assert row.waiting_since is not None
    assert asked.search.find("Hello") == ()
    again = asked.replies.send(back)
    assert again.message_id != sent.message_id


def test_taking_back_twice_or_too_late_is_refused(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    asked.replies.undo(sent.outbox_id)
    with pytest.raises(Problem) as late:
        asked.replies.undo(sent.outbox_id)
    assert late.value.kind is ProblemKind.TOO_LATE


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"body": " \n"}, ProblemKind.EMPTY),
        ({"body": "Dear {{ customer.first_name }}"}, ProblemKind.UNRESOLVED_PLACEHOLDER),
        ({"body": "Dear ⟦customer.first_name⟧"}, ProblemKind.UNRESOLVED_PLACEHOLDER),
        ({"body": "x", "to": ()}, ProblemKind.INVALID),
        ({"body": "x", "cc": (Address("", "not an address"),)}, ProblemKind.INVALID),
        (
            {"body": "x", "to": (Address("", "a@b.example\r\nBcc: e@e.example"),)},
            ProblemKind.INVALID,
        ),
    ],
)
def test_a_reply_that_is_not_right_does_not_leave(
    asked: Ground, change: dict[str, object], kind: ProblemKind
) -> None:
    draft = replace(asked.replies.draft(asked.only()), **change)  # type: ignore[arg-type]
    with pytest.raises(Problem) as stopped:
        asked.replies.send(draft)
    assert stopped.value.kind is kind
    assert asked.replies.outbox() == ()


def test_our_own_reply_found_in_sent_is_not_a_second_message(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    ours = asked.tickets.conversation(asked.only()).messages[-1]
    rewritten = b"X-Provider: yes\r\n" + asked.tickets.raw(ours.id)
    assert asked.arrive(rewritten, role="sent").duplicates == 1
    assert sent.message_id == ours.message_id


def test_a_customers_braces_in_the_quote_block_nothing(ground: Ground) -> None:
    ground.arrive(letter("My code is {{ broken }}"))
    ground.replies.send(replace(ground.replies.draft(ground.only()), body="Thanks"))
    assert len(ground.tickets.view_ids(View.WAITING)) == 1
