"""A junior's reply on a set-up team desk: the work goes through, and the database refuses the rest,
whatever program asks."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from deskapp.desk import Desk
from deskapp.domain.approvals import ApprovalState
from deskapp.domain.ids import ApprovalId, TicketId
from deskapp.domain.kinds import OutboxState, Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from tests.servers.team_desk import TeamDesk

from .deeds_by_role import new_ticket

WORDS = "Chào chị Mai, hàng sẽ đến vào thứ sáu."
NOWHERE = Server("127.0.0.1", 1, Security.NONE, "nobody")
STATES = "SELECT state, phase FROM outbox WHERE ticket_id = %s ORDER BY id"


@pytest.fixture(scope="module")
def ready(team_desk: TeamDesk) -> TeamDesk:
    with team_desk.opened() as desk:
        desk.mailboxes.add(MailboxSettings("support@shop.example", "", NOWHERE, NOWHERE))
    return team_desk


def _handed_in(junior: Desk, words: str = WORDS) -> tuple[TicketId, ApprovalId]:
    ticket = new_ticket(junior)
    draft = junior.replies.save(replace(junior.replies.draft(ticket), body=words))
    draft = junior.replies.attach(draft, "phiếu.txt", "text/plain", b"a")
    return ticket, junior.approvals.submit(draft)


@pytest.mark.parametrize("role", ["agent", "lead", "admin"])
def test_a_senior_returns_corrects_approves_and_takes_back(ready: TeamDesk, role: str) -> None:
    with ready.opened("junior") as junior, ready.opened(role) as senior:
        ticket, first = _handed_in(junior)
        senior.approvals.give_back(first, senior.approvals.open(first).row.version, "Say the day")
        back = junior.replies.draft(ticket)
        assert (back.body, len(back.files)) == (WORDS, 1)
        second = junior.approvals.submit(replace(back, body=WORDS + " Ngày 27."))
        opened = senior.approvals.open(second)
        final = replace(opened.draft, body=WORDS + " Ngày 28.")
        sent = senior.approvals.approve(second, opened.row.version, final)
        [_, done] = senior.approvals.of_ticket(ticket)
        assert (done.state, done.senior_name) == (ApprovalState.APPROVED, role.capitalize())
        [mine] = [one for one in junior.replies.outbox() if one.id == sent.outbox_id]
        assert mine.state is OutboxState.QUEUED
        shown = senior.tickets.conversation(ticket).messages[-1]
        assert shown.agent_name == "Junior"

        senior.replies.undo(sent.outbox_id)
        version = senior.approvals.open(second).row.version
        again = senior.approvals.approve(second, version, delay=timedelta())
        with ready.raw("engine") as engine:  # what a postman does with it
            engine.execute("SET deskapp.schema = '0001'")
            engine.execute(
                "UPDATE outbox SET phase = 'connected' WHERE id = %s AND state = 'queued'",
                (again.outbox_id,),
            )
            assert engine.execute(STATES, (ticket,)).fetchall() == [
                ("cancelled", "none"),
                ("queued", "connected"),
            ]


def test_a_junior_withdraws_and_cannot_decide(ready: TeamDesk) -> None:
    with ready.opened("junior") as junior:
        ticket, one = _handed_in(junior)
        for decide in (
            lambda: junior.approvals.approve(one, 1),
            lambda: junior.approvals.give_back(one, 1, "x"),
        ):
            with pytest.raises(Problem) as refused:
                decide()
            assert refused.value.kind is ProblemKind.NOT_ALLOWED
        assert junior.approvals.withdraw(one).body == WORDS
        assert junior.replies.draft(ticket).body == WORDS


def test_returned_beside_what_was_begun_since_both_stand_in_one_draft(ready: TeamDesk) -> None:
    with ready.opened("junior") as junior, ready.opened("agent") as senior:
        ticket, one = _handed_in(junior)
        since = replace(junior.replies.draft(ticket), body="One thing more")
        junior.replies.attach(junior.replies.save(since), "b.txt", "text/plain", b"b")
        senior.approvals.give_back(one, 1, "Please look")
        back = junior.replies.draft(ticket)
        assert WORDS in back.body and "One thing more" in back.body
        assert [file.filename for file in back.files] == ["phiếu.txt", "b.txt"]


def test_raw_sql_gets_no_juniors_words_out_and_forges_no_approval(ready: TeamDesk) -> None:
    with ready.opened("junior") as junior:
        ticket, one = _handed_in(junior)
    lead, agent = ready.agents["lead"], ready.agents["agent"]
    by_junior = (
        f"UPDATE approval SET state = 'approved', decided_by = {lead} WHERE id = {one}",
        f"UPDATE approval SET state = 'approved' WHERE id = {one}",
        f"UPDATE approval SET agent_id = {lead} WHERE id = {one}",
        "INSERT INTO outbox SELECT * FROM outbox LIMIT 1",
        "INSERT INTO outbox (mailbox_id, state) SELECT id, 'queued' FROM mailbox LIMIT 1",
        "UPDATE outbox SET state = 'queued'",
        "INSERT INTO message (ticket_id, direction, agent_id) "
        f"VALUES ({ticket}, 'out', {ready.agents['junior']})",
        "DELETE FROM approval",
    )
    by_senior = (
        f"UPDATE approval SET state = 'approved', decided_by = {lead} WHERE id = {one}",
        f"UPDATE approval SET agent_id = {agent} WHERE id = {one}",
        f"UPDATE approval SET body = 'Other words' WHERE id = {one}",
        f"UPDATE approval SET state = 'approved', decided_by = NULL WHERE id = {one}",
    )
    for role, words in (("junior", by_junior), ("agent", by_senior)):
        for statement in words:
            with ready.raw(role) as raw:
                raw.execute("SET deskapp.schema = '0001'")
                try:
                    done = raw.execute(statement).rowcount
                except psycopg.errors.InsufficientPrivilege:
                    pass
                else:
                    assert done == 0, f"{role}: {statement}"
