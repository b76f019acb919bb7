"""Replies that leave at a chosen time, and what takes them back before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from deskapp.data.tables.replies import draft as draft_table
from deskapp.domain.kinds import OutboxState, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind

from .ground import Ground
from .letters import letter


@pytest.fixture
def later(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example"))
    draft = replace(ground.replies.draft(ground.only()), body="Tomorrow.", caret=4)
    draft = ground.replies.attach(draft, "a.txt", "text/plain", b"x")
    when = ground.time + timedelta(hours=20)
    ground.replies.send(draft, at=when, unless_answered=True)
    return ground


def test_it_waits_for_its_time(later: Ground) -> None:
    [row] = later.replies.outbox()
    assert row.not_before == row.due_at == later.time + timedelta(hours=20)
    assert row.unless_answered and row.agent_name == "Anna"
    assert later.tickets.row(later.only()).status is TicketStatus.WAITING


def test_a_time_that_has_passed_is_now(later: Ground) -> None:
    draft = replace(later.replies.draft(later.only()), body="At once.")
    sent = later.replies.send(draft, at=later.time - timedelta(days=1))
    assert sent.not_before == later.time


def test_the_customer_writes_first_and_the_draft_is_back_with_caret_and_files(
    later: Ground,
) -> None:
    later.arrive(letter("Never mind!", answers=("a@customer.example",), hours=2))
    assert later.replies.outbox() == ()
    [row] = later.replies.outbox(everything=True)
    assert row.state is OutboxState.CANCELLED
    draft = later.replies.draft(later.only())
    assert (draft.body, draft.caret, len(draft.files)) == ("Tomorrow.", 4, 1)
    assert later.tickets.row(later.only()).status is TicketStatus.OPEN


def test_a_machine_of_theirs_or_a_colleagues_note_takes_nothing_back(later: Ground) -> None:
    later.arrive(
        letter(
            "I am away.",
            answers=("a@customer.example",),
            hours=2,
            headers={"Auto-Submitted": "auto-replied"},
        )
    )
    later.as_olga().tickets.note(later.only(), "he called")
    assert len(later.replies.outbox()) == 1


def test_without_that_wish_it_leaves_all_the_same(later: Ground) -> None:
    [row] = later.replies.outbox()
    draft = later.replies.undo(row.id)
    later.replies.send(draft, at=later.time + timedelta(hours=5))
    later.arrive(letter("Never mind!", answers=("a@customer.example",), hours=2))
    assert len(later.replies.outbox()) == 1


def test_any_teammate_takes_it_back_and_the_draft_is_its_writers(later: Ground) -> None:
    [row] = later.replies.outbox()
    olga = later.as_olga()
    draft = olga.replies.undo(row.id)
    assert (draft.agent_id, draft.caret, len(draft.files)) == (later.anna, 4, 1)
    assert olga.replies.draft(later.only()).body == ""


def test_taken_back_by_others_it_stands_beside_what_its_writer_wrote_since(later: Ground) -> None:
    since = replace(later.replies.draft(later.only()), body="And one more thing.")
    since = later.replies.attach(since, "b.txt", "text/plain", b"y")
    [row] = later.replies.outbox()
    later.as_olga().replies.undo(row.id)
    draft = later.replies.draft(later.only())
    assert (draft.body, draft.version) == ("And one more thing.", since.version), "nobody wrote in"
    [back] = later.replies.aside(later.only())
    assert (back.body, [file.filename for file in back.files]) == ("Tomorrow.", ["a.txt"])
    assert [file.filename for file in draft.files] == ["b.txt"]
    later.replies.discard(draft.id)  # type: ignore[arg-type]
    assert later.replies.draft(later.only()).body == "Tomorrow.", "and then it is the one to write"


def test_the_customer_writes_first_while_another_draft_is_begun(later: Ground) -> None:
    later.replies.save(replace(later.replies.draft(later.only()), body="By the way"))
    later.arrive(letter("Never mind!", answers=("a@customer.example",), hours=2))
    assert later.replies.draft(later.only()).body == "By the way"
    assert [one.body for one in later.replies.aside(later.only())] == ["Tomorrow."]


def test_an_empty_draft_gives_way_to_the_reply_that_comes_back(later: Ground) -> None:
    later.replies.save(replace(later.replies.draft(later.only()), body=" "))
    [row] = later.replies.outbox()
    later.as_olga().replies.undo(row.id)
    draft = later.replies.draft(later.only())
    assert (draft.body, draft.caret, len(draft.files)) == ("Tomorrow.", 4, 1)


def test_a_teammates_own_draft_stays_as_it_is_when_they_take_a_reply_back(later: Ground) -> None:
    olga = later.as_olga()
    olga.replies.save(replace(olga.replies.draft(later.only()), body="Mine", caret=2))
    [row] = later.replies.outbox()
    assert olga.replies.undo(row.id).agent_id == later.anna
    own = olga.replies.draft(later.only())
    assert (own.body, own.caret, own.agent_id) == ("Mine", 2, later.olga)
    assert later.replies.draft(later.only()).body == "Tomorrow."


def test_a_place_without_its_value_stops_a_reply_whatever_a_person_wants(later: Ground) -> None:
    for body in ("Dear ⟦customer.name⟧", "Dear {{ customer.name }}", "{% if x %}"):
        draft = replace(later.replies.draft(later.only()), body=body)
        with pytest.raises(Problem) as stopped:
            later.replies.send(draft, anyway=True, force=True)
        assert stopped.value.kind is ProblemKind.UNRESOLVED_PLACEHOLDER


def test_given_up_at_the_outbox_it_stands_above_what_its_writer_began_since(later: Ground) -> None:
    since = later.replies.save(replace(later.replies.draft(later.only()), body="One more thing."))
    [row] = later.replies.outbox()
    later.replies.cancel(row.id)
    draft = later.replies.draft(later.only())
    assert draft.body == "Tomorrow.\n\nOne more thing." and draft.id == since.id
    assert [file.filename for file in draft.files] == ["a.txt"]
    with later.database.reading() as connection:
        open_ones = select(draft_table.c.id).where(draft_table.c.closed_at.is_(None))
        assert connection.execute(open_ones).scalars().all() == [since.id]
