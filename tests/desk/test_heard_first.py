"""A reply that leaves unless the customer writes first, approved by a senior: it waits again."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from deskapp.data.queries.blobs import put_blob
from deskapp.data.queries.outbox import claim_next
from deskapp.desk import Desk
from deskapp.desk.context import utc_now
from deskapp.domain.approvals import ApprovalRow, ApprovalState
from deskapp.domain.arrivals import Unfiled
from deskapp.domain.ids import ApprovalId, BlobHash, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply
from deskapp.ui.approval_events import approval_event
from tests.servers.team_desk import TeamDesk

from .deeds_by_role import new_ticket
from .letters import START, letter
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


def test_a_juniors_program_files_the_answer_and_the_sending_one_takes_the_reply_back(
    ready: TeamDesk,
) -> None:
    with (
        ready.opened("junior") as junior,
        ready.opened("agent") as senior,
        ready.opened("engine") as engine,
    ):
        ticket = new_ticket(senior)
        one = _handed_in(junior, ticket)
        _approved(senior, one)
        _writes(junior, ticket)
        assert len(senior.tickets.conversation(ticket).messages) == 3
        boxes = [box.id for box in engine.mailboxes.list()]
        with engine.database.writing() as unit:
            claimed = claim_next(unit, "engine", utc_now() + timedelta(days=2), boxes)
        assert claimed is None
        _waits(senior, one)


def test_a_juniors_program_files_mail_that_others_answer_automatically(ready: TeamDesk) -> None:
    with ready.opened("admin") as admin, ready.opened("junior") as junior:
        box = admin.mailboxes.list()[0].id
        kept = admin.canned.save(CannedReply(None, "Received", "", (("en", "We got it."),), 1))
        assert kept.id is not None
        admin.auto_replies.switch_on(box, kept.id)
        hours = (utc_now() - START) / timedelta(hours=1)
        raw = letter(sender="New <new@c.example>", message_id="new@c.example", hours=hours)
        with junior.database.writing() as unit:
            blob = BlobHash(put_blob(unit.connection, raw))
        mail = Unfiled(None, box, "inbox", blob, raw, None, False)
        assert junior.intake.file([junior.intake.read(mail)]).messages == 1
        admin.auto_replies.switch_off(box)
        assert admin.replies.outbox() == ()


def test_an_engine_lets_no_approval_wait_whose_mail_was_not_taken_back(ready: TeamDesk) -> None:
    with ready.opened("junior") as junior, ready.opened("agent") as senior:
        one = _handed_in(junior, new_ticket(senior))
        _approved(senior, one)
        with ready.raw("engine") as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("SET deskapp.schema = '0001'")
            raw.execute(f"{_AGAIN} WHERE id = {one}".encode())
        assert senior.approvals.open(one).row.state is ApprovalState.APPROVED


_AGAIN = (
    "UPDATE approval SET state = 'waiting', decided_by = NULL, decided_at = NULL, "
    "message_id = NULL, outbox_id = NULL, final_body = '', final_html = '', "
    "final_recipients = '[]', final_files = '[]'"
)
