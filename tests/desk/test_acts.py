"""A send whose end is not known, pressed again: the reply leaves once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest

from deskapp.data.database import Unit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft

from .ground import Ground
from .letters import letter

Break = Callable[[int], None]


@pytest.fixture
def draft(ground: Ground) -> Draft:
    ground.arrive(letter(message_id="a@customer.example"))
    return replace(ground.replies.draft(ground.only()), body="Hello")


@pytest.fixture
def line_breaks(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Break:
    """Has the next writes reach the database, and the answer to their commits not reach us."""
    writing = ground.database.writing

    def break_(times: int) -> None:
        left = [times]

        @contextmanager
        def lost() -> Iterator[Unit]:
            with writing() as unit:
                yield unit
            left[0] -= 1
            if left[0] >= 0:
                raise Problem(ProblemKind.DATABASE_UNREACHABLE, said="the line broke")

        monkeypatch.setattr(ground.database, "writing", lost)

    return break_


def test_an_act_repeated_gives_what_it_gave_and_queues_nothing(
    ground: Ground, draft: Draft
) -> None:
    act = str(uuid4())
    assert ground.replies.sent_as(act) is None
    sent = ground.replies.send(draft, act=act)
    assert ground.replies.send(draft, act=act) == sent == ground.replies.sent_as(act)
    assert len(ground.replies.outbox()) == 1
    assert ground.replies.draft(ground.only()).body == "", "no draft is left over"


def test_a_commit_that_nobody_confirmed_is_looked_for_and_found(
    ground: Ground, draft: Draft, line_breaks: Break
) -> None:
    line_breaks(1)
    sent = ground.replies.send(draft)
    assert [row.id for row in ground.replies.outbox()] == [sent.outbox_id]


def test_a_press_after_two_lost_answers_finds_the_first(
    ground: Ground, draft: Draft, line_breaks: Break
) -> None:
    act = str(uuid4())
    line_breaks(2)
    with pytest.raises(Problem) as away:
        ground.replies.send(draft, act=act)
    assert away.value.kind is ProblemKind.DATABASE_UNREACHABLE
    sent = ground.replies.send(draft, act=act)
    assert [row.id for row in ground.replies.outbox()] == [sent.outbox_id]


def test_an_act_serves_no_other_ticket_and_no_reply_that_was_taken_back(
    ground: Ground, draft: Draft
) -> None:
    act = str(uuid4())
    sent = ground.replies.send(draft, act=act)
    ground.arrive(letter("another", sender="Tom <tom@other.example>"))
    other = replace(ground.replies.draft(ground.tickets.by_number(2)), body="Hello Tom")
    for wrong in (act, "no id"):
        with pytest.raises(Problem) as refused:
            ground.replies.send(other, act=wrong)
        assert refused.value.kind is ProblemKind.INVALID
    back = ground.replies.undo(sent.outbox_id)
    with pytest.raises(Problem):
        ground.replies.send(back, act=act)
    ground.replies.send(back)
    assert len(ground.replies.outbox()) == 1
