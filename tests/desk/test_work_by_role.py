"""The desk as people of each role work on it: what they should do works, the rest is refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from deskapp.data.queries.blobs import put_blob
from deskapp.desk import Desk
from deskapp.domain.arrivals import Unfiled
from deskapp.domain.assigning import Mode, Scope
from deskapp.domain.ids import AgentId, BlobHash, TicketId
from deskapp.domain.kinds import View
from deskapp.domain.leaving import Heir
from deskapp.domain.mailboxes import MailboxSettings
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply
from deskapp.domain.saved_views import SavedView
from deskapp.domain.tickets import TicketEdit
from tests.servers.team_desk import TeamDesk

from .deeds_by_role import DEEDS, EVERYBODY, NOWHERE, OURS, new_ticket
from .letters import letter
from .there import come, leave


@pytest.fixture(scope="module")
def ready(team_desk: TeamDesk) -> TeamDesk:
    with team_desk.opened() as desk:
        desk.mailboxes.add(MailboxSettings("support@shop.example", "", NOWHERE, NOWHERE))
        desk.views.save(SavedView(None, "Everybody's", "tag:hot", shared=True))
        desk.canned.save(CannedReply(None, "Everybody's", "", (("en", "Hello"),), 1))
    return team_desk


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_everybody_does_their_work_and_no_more(ready: TeamDesk, role: str) -> None:
    with ready.opened(role) as desk:
        ends = dict(_ends(desk))
    wanted = {_name(deed): "done" if role in who else "not_allowed" for deed, who in DEEDS}
    assert ends == wanted


def _ends(desk: Desk) -> Iterator[tuple[str, str]]:
    for deed, _who in DEEDS:
        try:
            deed(desk)
        except Problem as problem:
            leads = problem.details.get("what") == "lead_only"
            assert leads or problem.kind is ProblemKind.NOT_ALLOWED, (_name(deed), str(problem))
            assert deed not in OURS or "said" not in problem.details, "the desk says it, not SQL"
            yield _name(deed), "not_allowed"
        else:
            yield _name(deed), "done"


def _name(deed: Callable[[Desk], object]) -> str:
    return f"{deed.__name__} {deed.__code__.co_firstlineno}"


def test_an_engine_files_mail_and_is_nobody(ready: TeamDesk) -> None:
    with ready.opened("engine") as desk:
        mail = letter(sender="Kim <kim@customer.example>", message_id="kim@c.example")
        assert desk.intake.import_mails([mail]) and desk.agent is None
        with pytest.raises(Problem):
            desk.customers.add_note(desk.customers.find("Kim")[0].id, "x")


def test_whoever_files_gives_out_by_a_leads_rule(ready: TeamDesk) -> None:
    """Nobody there, then somebody; the second is for the lead whom the first one passed by."""
    with ready.opened("lead") as lead, ready.opened("engine") as engine:
        assert lead.agent is not None
        lead.assigning.set_rule(Scope.DESK, None, Mode.ROUND_ROBIN, None)
        first = _arrived(engine, "first@c.example")
        assert lead.tickets.row(first).assignee_id is None
        come(lead, lead.agent)
        assert engine.assigning.give_out() == [first]
        lead.absences.away(AgentId(ready.agents["junior"]), substitute=lead.agent)
        with ready.opened("junior") as junior:
            second = _arrived(junior, "second@c.example")
            assert junior.absences.back(AgentId(ready.agents["junior"]))
            for refused in (junior.absences.away, junior.absences.back):
                with pytest.raises(Problem):
                    refused(lead.agent)
        assert [lead.tickets.row(one).assignee_id for one in (first, second)] == [lead.agent] * 2
        lead.assigning.set_rule(Scope.DESK, None, None, None)
        leave(lead, lead.agent)


def _arrived(desk: Desk, name: str) -> TicketId:
    """A mail of today, filed by this program."""
    raw = letter(sender=f"{name} <{name}>", subject=name, message_id=name)
    with desk.database.writing() as unit:
        blob = BlobHash(put_blob(unit.connection, raw))
    box = desk.mailboxes.list()[0].id
    desk.intake.file([desk.intake.read(Unfiled(None, box, "inbox", blob, raw, None, False))])
    [found] = [
        row.id for row in desk.tickets.rows(desk.tickets.view_ids(View.ALL)) if row.subject == name
    ]
    return found


def test_who_leaves_hands_over_and_is_shut_out(ready: TeamDesk) -> None:
    with ready.opened("admin") as admin, ready.opened("junior") as theirs:
        ticket = new_ticket(theirs)
        junior, lead = theirs.agent, admin.agents.by_name("Lead")
        assert junior is not None
        theirs.tickets.edit(ticket, TicketEdit(assignee_id=junior))
        theirs.replies.save(replace(theirs.replies.draft(ticket), body="Half a"))
        counted = admin.staff.leave(junior, Heir(lead), dry=True)
        assert counted.tickets >= 1 and counted.drafts >= 1 and counted.was_active

        left = admin.staff.leave(junior, Heir(lead))
        assert (left.tickets, left.login) == (counted.tickets, ready.logins["junior"])
        assert left.connections >= 1
        row = admin.tickets.row(ticket)
        assert row.assignee_name == "Lead"
        assert admin.tickets.conversation(ticket).events[-1].reason == "left"
        assert admin.tickets.drafts_of_others(ticket)
        with pytest.raises(Problem):
            theirs.tickets.counts()
        again = admin.staff.leave(junior, Heir(lead))
        assert (again.tickets, again.was_active) == (0, False)


def test_a_lead_who_checks_the_audit_is_not_told_of_replies_that_only_their_writer_sees(
    ready: TeamDesk,
) -> None:
    with ready.opened("agent") as desk:
        own = CannedReply(None, "Only mine", "", (("en", "Dear"),), 0, owner=desk.agent)
        desk.canned.save(own)
    with ready.opened("lead") as desk:
        assert desk.audit.verify(desk.audit.head())[1] == ()
