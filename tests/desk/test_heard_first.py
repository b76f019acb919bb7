"""A reply that leaves unless the customer writes first, approved by a senior: it waits again."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from deskapp.desk import Desk
from deskapp.desk.context import utc_now
from deskapp.domain.approvals import ApprovalRow, ApprovalState
from deskapp.domain.ids import ApprovalId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.approval_events import approval_event
from tests.servers.team_desk import TeamDesk

from .deeds_by_role import new_ticket
from .letters import letter
from .test_approvals_on_a_team_desk import ready

__all__ = ["ready"]


def _handed_in(junior: Desk, ticket: TicketId) -> ApprovalId:
    later = utc_now() + timedelta(days=1)
    draft = replace(junior.replies.draft(ticket), leave_at=later, unless_answered=True)
    return junior.approvals.submit(replace(draft, body="Dear Mai"))


def _approved(senior: Desk, one: ApprovalId) -> None:
    senior.approvals.approve(one, senior.approvals.open(one).row.version)


def _writes(filer: Desk, ticket: TicketId) -> None:
    """The ticket's customer, as it is filed by this program."""
    told = filer.tickets.conversation(ticket)
    [first, *_] = told.messages
    subject = f"Re: [#{told.ticket.number}] found"
    answer = letter("It is here", sender=first.sender.address, subject=subject,
                    answers=(_message_id(filer, ticket),))  # fmt: skip
    filer.intake.import_mails([answer])


def _message_id(desk: Desk, ticket: TicketId) -> str:
    return str(desk.tickets.conversation(ticket).messages[0].message_id)


def _waits(senior: Desk, one: ApprovalId) -> ApprovalRow:
    row = senior.approvals.open(one).row
    assert row.state is ApprovalState.WAITING and row.senior_name == "" and not row.in_draft
    assert one in {row.id for row in senior.approvals.waiting()}
    return row


@pytest.mark.parametrize("role", ["agent", "lead", "engine"])
def test_the_approval_waits_again_and_says_why(ready: TeamDesk, role: str) -> None:
    with (
        ready.opened("junior") as junior,
        ready.opened("agent") as senior,
        ready.opened(role) as filer,
    ):
        ticket = new_ticket(senior)
        one = _handed_in(junior, ticket)
        _approved(senior, one)
        _writes(filer, ticket)
        row = _waits(senior, one)
        last = [told for told in senior.tickets.conversation(ticket).events
                if told.kind is EventKind.APPROVAL][-1]  # fmt: skip
        assert "The customer wrote first" in approval_event(last, last.agent_name)
        with pytest.raises(Problem) as told:
            senior.approvals.approve(one, row.version)
        assert told.value.kind is ProblemKind.CHANGED_MEANWHILE  # the ticket has a newer message
        junior.approvals.withdraw(one)
        assert junior.replies.draft(ticket).body == "Dear Mai"


def test_a_juniors_program_files_nothing_that_takes_a_reply_back(ready: TeamDesk) -> None:
    """As in the seconds before it lets go of the mailbox, of somebody who became a junior."""
    with (
        ready.opened("junior") as junior,
        ready.opened("agent") as senior,
        ready.opened("engine") as engine,
    ):
        ticket = new_ticket(senior)
        one = _handed_in(junior, ticket)
        _approved(senior, one)
        with pytest.raises(Problem) as told:
            _writes(junior, ticket)
        assert told.value.kind is ProblemKind.NOT_ALLOWED
        assert len(senior.tickets.conversation(ticket).messages) == 2
        assert senior.approvals.open(one).row.state is ApprovalState.APPROVED
        _writes(engine, ticket)
        _waits(senior, one)


def test_an_engine_lets_no_approval_wait_whose_mail_was_not_taken_back(ready: TeamDesk) -> None:
    with ready.opened("junior") as junior, ready.opened("agent") as senior:
        one = _handed_in(junior, new_ticket(senior))
        _approved(senior, one)
        sent = f"(SELECT outbox_id FROM approval WHERE id = {one})"
        cancelled = f"UPDATE outbox SET state = 'cancelled' WHERE id = {sent}"
        mail = f"(SELECT message_id FROM approval WHERE id = {one})"
        withdrawn = f"UPDATE message SET withdrawn = true WHERE id = {mail}"
        still_decided = _AGAIN.replace("decided_at = NULL", "decided_at = decided_at")
        with ready.raw("engine") as raw:
            raw.execute("SET deskapp.schema = '0001'")
            for before, asked in (
                ("SELECT 1", _AGAIN),
                (cancelled, _AGAIN),
                (withdrawn, still_decided),
                ("SELECT 1", _AGAIN.replace("version + 1", "version")),
            ):
                raw.execute(before.encode())
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    raw.execute(f"{asked} WHERE id = {one}".encode())
            assert senior.approvals.open(one).row.state is ApprovalState.APPROVED
            raw.execute(f"{_AGAIN} WHERE id = {one}".encode())
        assert senior.approvals.open(one).row.state is ApprovalState.WAITING


_AGAIN = (
    "UPDATE approval SET state = 'waiting', decided_by = NULL, decided_at = NULL, "
    "message_id = NULL, outbox_id = NULL, final_body = '', final_html = '', "
    "final_recipients = '[]', final_files = '[]', version = version + 1"
)
