"""A reply that does not leave: it is not right, or somebody was there first."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from deskapp.data.tables.mail import mailbox
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind

from .asked import asked
from .ground import Ground
from .letters import letter

__all__ = ["asked"]


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


def test_a_customers_braces_in_the_quote_block_nothing(ground: Ground) -> None:
    ground.arrive(letter("My code is {{ broken }}"))
    ground.replies.send(replace(ground.replies.draft(ground.only()), body="Thanks"))
    assert len(ground.tickets.view_ids(View.WAITING)) == 1


def test_a_draft_that_was_sent_is_not_sent_again(asked: Ground) -> None:
    draft = asked.replies.save(replace(asked.replies.draft(asked.only()), body="Hello"))
    asked.replies.send(draft)
    for again in (draft, replace(draft, body="Hello again")):
        with pytest.raises(Problem) as refused:
            asked.replies.send(again)
        assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert len(asked.replies.outbox()) == 1


def test_a_note_that_was_there_already_does_not_stop_a_reply(asked: Ground) -> None:
    asked.as_olga().tickets.note(asked.only(), "I called her")
    asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    assert len(asked.replies.outbox()) == 1


def test_a_colleagues_note_stops_a_reply_of_somebody_without_a_name(asked: Ground) -> None:
    asked.context.agent = None
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    asked.as_olga().tickets.note(asked.only(), "do not answer, I called her")
    with pytest.raises(Problem):
        asked.replies.send(draft)


def _support_is(ground: Ground, address: str) -> None:
    with ground.database.writing() as unit:
        unit.connection.execute(update(mailbox).values(address=address, address_key=address))


def test_a_mailbox_with_an_underscore_in_its_domain_can_send(asked: Ground) -> None:
    _support_is(asked, "help@my_shop.local")
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    ours = asked.tickets.conversation(asked.only()).messages[-1]
    copy = b"X-Provider: yes\r\n" + asked.tickets.raw(ours.id)
    assert sent.message_id.isascii()
    assert asked.arrive(copy, role="sent").duplicates == 1


@pytest.mark.parametrize("address", ["help@[127.0.0.1]", "help@_x", "help@а..б"])
def test_a_mailbox_whose_domain_no_mail_can_carry_is_a_problem_and_no_fault(
    asked: Ground, address: str
) -> None:
    _support_is(asked, address)
    with pytest.raises(Problem) as refused:
        asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    assert refused.value.details["value"] == address


def test_ones_own_words_are_not_news_to_oneself(asked: Ground) -> None:
    newest = asked.tickets.conversation(asked.only()).newest
    assert newest is not None
    asked.tickets.seen(asked.only(), newest)
    asked.as_olga().tickets.seen(asked.only(), newest)
    asked.tickets.note(asked.only(), "calling her")
    draft = replace(asked.replies.draft(asked.only()), body="Which colour?")
    asked.replies.send(draft, status=TicketStatus.OPEN)
    assert not asked.tickets.row(asked.only()).unread
    assert asked.as_olga().tickets.row(asked.only()).unread
