"""A senior's version, and a reply taken back beside a new draft, with real logins: PostgreSQL lets
the work through and keeps each one's words their own."""

from dataclasses import replace

import psycopg
import pytest

from deskapp.domain.problem import Problem
from tests.servers.team_desk import TeamDesk

from .deeds_by_role import new_ticket
from .test_approvals_on_a_team_desk import WORDS, _handed_in, ready

__all__ = ["ready"]


@pytest.mark.parametrize("role", ["agent", "lead", "admin"])
def test_a_version_with_files_is_edited_sent_taken_back_and_sent(
    ready: TeamDesk, role: str
) -> None:
    with ready.opened("junior") as junior, ready.opened(role) as senior:
        ticket, one = _handed_in(junior)
        mine = senior.reviewing.begin(one)
        mine = senior.replies.detach(mine, mine.files[0].sha256)
        mine = senior.replies.attach(mine, "mới.txt", "text/plain", b"b")
        mine = senior.replies.save(replace(mine, body=WORDS + " Ngày 28."))
        version = senior.approvals.open(one).row.version
        sent = senior.approvals.approve(one, version, mine)
        back = senior.replies.undo(sent.outbox_id)
        assert (back.id, back.body) == (mine.id, mine.body)
        version = senior.approvals.open(one).row.version
        senior.approvals.approve(one, version, back)
        row = junior.approvals.open(one).row
        assert row.final is not None
        assert [file.filename for file in row.given.files] == ["phiếu.txt"]
        assert [file.filename for file in row.final.files] == ["mới.txt"]
        assert senior.tickets.conversation(ticket).messages[-1].agent_name == "Junior"


def test_a_version_withdrawn_under_its_senior_stays_and_goes_nowhere(ready: TeamDesk) -> None:
    with ready.opened("junior") as junior, ready.opened("agent") as senior:
        ticket, one = _handed_in(junior)
        mine = senior.replies.save(replace(senior.reviewing.begin(one), body="Better"))
        junior.approvals.withdraw(one)
        with pytest.raises(Problem):
            senior.approvals.approve(one, 1, mine)
        kept = senior.reviewing.open_draft(ticket)
        assert kept is not None and kept.body == "Better"
        with pytest.raises(Problem):
            junior.reviewing.begin(one)


def test_nobody_else_writes_into_a_seniors_version(ready: TeamDesk) -> None:
    with ready.opened("junior") as junior, ready.opened("agent") as senior:
        _ticket, one = _handed_in(junior)
        mine = senior.reviewing.begin(one)
    tricks = (
        f"UPDATE draft SET body = 'x' WHERE id = {mine.id}",
        f"UPDATE draft SET approval_id = NULL WHERE id = {mine.id}",
        f"DELETE FROM draft_attachment WHERE draft_id = {mine.id}",
        f"UPDATE approval SET final_files = '[1]' WHERE id = {one}",
        f"UPDATE approval SET files = '[]' WHERE id = {one}",
    )
    for role in ("junior", "lead"):
        for statement in tricks:
            if role == "lead" and "'[]'" in statement:
                continue  # leads erase, and leave blanks
            with ready.raw(role) as raw:
                raw.execute("SET deskapp.schema = '0001'")
                try:
                    done = raw.execute(statement).rowcount
                except psycopg.errors.InsufficientPrivilege:
                    continue
                assert done == 0, f"{role}: {statement}"


@pytest.mark.parametrize("role", ["agent", "lead", "admin"])
def test_a_colleagues_queued_reply_comes_back_beside_the_draft_they_began(
    ready: TeamDesk, role: str
) -> None:
    writer = "lead" if role != "lead" else "agent"
    with ready.opened(writer) as theirs, ready.opened(role) as senior:
        ticket = new_ticket(theirs)
        first = theirs.replies.save(replace(theirs.replies.draft(ticket), body="On Friday"))
        sent = theirs.replies.send(first, force=True)
        since = theirs.replies.save(replace(theirs.replies.draft(ticket), body="And one more"))
        assert senior.replies.cancel(sent.outbox_id)
        now = theirs.replies.draft(ticket)
        assert (now.id, now.body, now.version) == (since.id, "And one more", since.version)
        [back] = theirs.replies.aside(ticket)
        assert (back.id, back.body) == (first.id, "On Friday")
        theirs.replies.discard(now.id)  # type: ignore[arg-type]
        assert theirs.replies.draft(ticket).body == "On Friday"
