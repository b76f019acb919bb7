"""What a junior writes waits until a senior approves it; every other way out is closed."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from deskapp.data.tables.people import agent
from deskapp.data.tables.replies import outbox
from deskapp.data.tables.tickets import message
from deskapp.desk.approvals import Approvals
from deskapp.desk.notices import Notices
from deskapp.domain.approvals import HEARD_FIRST, TAKEN_BACK, ApprovalState
from deskapp.domain.ids import AgentId, ApprovalId, TicketId
from deskapp.domain.kinds import OutboxState
from deskapp.domain.notices import NoticeKind, notices_for
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.reply_changes import Edit, difference

from .ground import Ground
from .letters import letter

WORDS = "Chào chị Lan, hàng sẽ đến vào thứ sáu."


@pytest.fixture
def ticket(ground: Ground) -> TicketId:
    """A ticket; Olga is a junior and acts."""
    ground.arrive(letter(message_id="a@customer.example"))
    role(ground, ground.olga, "junior")
    ground.context.agent = ground.olga
    return ground.only()


def role(ground: Ground, who: AgentId, wanted: str) -> None:
    with ground.database.writing() as unit:
        unit.connection.execute(update(agent).where(agent.c.id == who).values(role=wanted))


def of(ground: Ground, who: AgentId) -> Approvals:
    ground.context.agent = who
    return Approvals(ground.context)


def written(ground: Ground, ticket: TicketId, words: str = WORDS) -> Draft:
    return replace(ground.replies.draft(ticket), body=words)


def handed_in(ground: Ground, ticket: TicketId) -> ApprovalId:
    return of(ground, ground.olga).submit(written(ground, ticket))


def queued(ground: Ground) -> list[str]:
    with ground.database.reading() as connection:
        return list(connection.execute(select(outbox.c.state)).scalars())


def test_nothing_of_a_juniors_reaches_the_outbox_by_any_way_of_sending(
    ground: Ground, ticket: TicketId
) -> None:
    draft = written(ground, ticket)
    for later in (None, ground.time):
        with pytest.raises(Problem) as refused:
            ground.replies.send(draft, at=later)
        assert (refused.value.kind, refused.value.details["what"]) == (
            ProblemKind.NOT_ALLOWED,
            "junior_sends",
        )
    aside = ground.side_threads.forward(ticket)
    aside = replace(aside, body="Look", to=draft.to)
    with pytest.raises(Problem):
        ground.replies.send(aside)
    with pytest.raises(Problem):
        Approvals(ground.context).submit(aside)
    assert queued(ground) == []


def test_approving_sends_it_under_its_writers_name_and_keeps_the_difference(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    assert queued(ground) == []
    assert ground.replies.draft(ticket).body == "", "the draft is with the seniors"
    seniors = of(ground, ground.anna)
    [row] = seniors.waiting()
    assert (row.writer_name, row.body, row.number) == ("Olga", WORDS, 1)
    opened = seniors.open(one)
    final = replace(opened.draft, body=WORDS.replace("thứ sáu", "thứ hai"))
    sent = seniors.approve(one, row.version, final)
    assert queued(ground) == [OutboxState.QUEUED]
    [done] = seniors.of_ticket(ticket)
    assert (done.state, done.senior_name, done.message_id) == (
        ApprovalState.APPROVED,
        "Anna",
        sent.message,
    )
    changed = [piece for piece in difference(done.body, done.final_body) if piece.edit != "kept"]
    assert [(piece.edit, piece.text) for piece in changed] == [
        (Edit.REMOVED, "sáu"),
        (Edit.ADDED, "hai"),
    ]
    with ground.database.reading() as connection:
        by = select(message.c.agent_id).where(message.c.id == sent.message)
        assert connection.execute(by).scalar() == ground.olga
    assert seniors.count() == 0
    told = [one.reason for one in ground.tickets.conversation(ticket).events]
    assert "changed" in told, "the history says so too"


def test_a_reply_that_is_returned_is_its_writers_draft_again_and_all_rounds_are_kept(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    seniors = of(ground, ground.anna)
    with pytest.raises(Problem):
        seniors.give_back(one, 1, "  ")
    seniors.give_back(one, 1, "Say which day")
    junior = of(ground, ground.olga)
    draft = ground.replies.draft(ticket)
    assert draft.body == WORDS
    second = junior.submit(replace(draft, body=WORDS + " Ngày 27."))
    rounds = junior.open(second).rounds
    assert [(row.round, row.state, row.comment) for row in rounds] == [
        (1, ApprovalState.RETURNED, "Say which day"),
        (2, ApprovalState.WAITING, ""),
    ]


def test_of_two_seniors_the_second_is_told(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    seniors = of(ground, ground.anna)
    version = seniors.open(one).row.version
    seniors.approve(one, version)
    for decide in (
        lambda: seniors.approve(one, version),
        lambda: seniors.give_back(one, version, "No"),
    ):
        with pytest.raises(Problem) as told:
            decide()
        assert told.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert queued(ground) == [OutboxState.QUEUED], "what the second wanted left no trace"


def test_a_junior_takes_it_back_until_it_is_decided(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    junior = of(ground, ground.olga)
    assert junior.withdraw(one).body == WORDS
    with pytest.raises(Problem) as told:
        of(ground, ground.anna).approve(one, 1)
    assert told.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert queued(ground) == []


def test_a_customer_who_writes_meanwhile_stops_the_senior(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    ground.arrive(letter(message_id="b@customer.example", answers=("a@customer.example",)))
    seniors = of(ground, ground.anna)
    with pytest.raises(Problem) as told:
        seniors.approve(one, 1)
    assert (told.value.kind, told.value.details["what"]) == (
        ProblemKind.CHANGED_MEANWHILE,
        "ticket",
    )
    assert len(seniors.news(one)) == 1
    seniors.approve(one, 1, force=True)
    assert queued(ground) == [OutboxState.QUEUED]


def test_what_a_senior_takes_back_waits_again(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    seniors = of(ground, ground.anna)
    sent = seniors.approve(one, 1)
    ground.replies.undo(sent.outbox_id)
    [row] = seniors.waiting()
    assert (row.id, row.final_body) == (one, "")
    assert ground.replies.draft(ticket).body == "", "it is not the senior's draft"
    seniors.approve(one, row.version)
    assert sorted(queued(ground)) == [OutboxState.CANCELLED, OutboxState.QUEUED]


def test_nobody_in_particular_takes_it_back_and_no_customer_is_said_to_have_written(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    sent = of(ground, ground.anna).approve(one, 1)
    ground.context.agent = None
    ground.replies.undo(sent.outbox_id)
    told = [one.reason for one in ground.tickets.conversation(ticket).events]
    assert TAKEN_BACK in told and HEARD_FIRST not in told


def test_who_decides_is_asked_when_it_is_decided(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    role(ground, ground.anna, "junior")
    with pytest.raises(Problem) as told:
        of(ground, ground.anna).approve(one, 1)
    assert told.value.details["what"] == "approve_junior"
    role(ground, ground.olga, "agent")
    with pytest.raises(Problem) as told:
        of(ground, ground.olga).approve(one, 1)
    assert told.value.details["what"] == "approve_own"
    draft = of(ground, ground.olga).withdraw(one)
    ground.replies.send(draft)
    assert queued(ground) == [OutboxState.QUEUED], "an agent now, Olga sends it herself"


def test_a_reply_that_waits_goes_along_with_a_merge(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    ground.context.agent = ground.anna
    ground.arrive(letter(subject="Other", message_id="other@customer.example"))
    [into] = [row.id for row in ground.rows() if row.id != ticket]
    ground.tickets.merge(ticket, into)
    [row] = of(ground, ground.anna).of_ticket(into)
    assert (row.id, row.ticket_id, row.number) == (one, into, 2)
    sent = of(ground, ground.anna).approve(one, row.version, force=True)
    assert ground.messages(into)[-1].id == sent.message


def test_handed_in_twice_under_one_act_it_waits_once(ground: Ground, ticket: TicketId) -> None:
    act = "6f1c1f0e-0c8e-4a57-9c0e-0d4b7a1f2a11"
    junior = of(ground, ground.olga)
    draft = written(ground, ticket)
    assert junior.submit(draft, act=act) == junior.submit(draft, act=act)
    assert junior.count() == 1


def test_a_difference_is_told_by_words_and_in_chinese_by_letters() -> None:
    def told(before: str, after: str) -> list[tuple[str, str]]:
        return [(str(piece.edit), piece.text) for piece in difference(before, after)]

    assert told("您好，订单明天到。", "您好，订单后天到。") == [
        ("kept", "您好，订单"),
        ("removed", "明"),
        ("added", "后"),
        ("kept", "天到。"),
    ]
    assert told("Привет", "Привет") == [("kept", "Привет")]
    assert told("", "Hi") == [("added", "Hi")]
    both = difference("a b c", "a x c d")
    assert "".join(one.text for one in both if one.edit is not Edit.ADDED) == "a b c"
    assert "".join(one.text for one in both if one.edit is not Edit.REMOVED) == "a x c d"


def test_seniors_hear_of_what_waits_and_its_writer_of_what_became_of_it(
    ground: Ground, ticket: TicketId
) -> None:
    def told(who: AgentId, after: int) -> list[NoticeKind]:
        ground.context.agent = who
        found = notices_for(who, Notices(ground.context).happened([ticket], after))
        return [one.kind for one in found]

    def newest() -> int:
        return Notices(ground.context).newest()

    before = newest()
    one = handed_in(ground, ticket)
    assert (told(ground.anna, before), told(ground.olga, before)) == ([NoticeKind.APPROVAL], [])
    before = newest()
    of(ground, ground.anna).give_back(one, 1, "Which day?")
    assert (told(ground.anna, before), told(ground.olga, before)) == ([], [NoticeKind.DECIDED])
    [row] = of(ground, ground.olga).standing().last_rounds()
    assert (row.comment, row.in_draft) == ("Which day?", True)
    assert of(ground, ground.anna).standing().rows == ()
