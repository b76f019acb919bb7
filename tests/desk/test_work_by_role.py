"""The desk as people of each role work on it: what they should do works, the rest is refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from deskapp.data.queries.blobs import put_blob
from deskapp.desk import Desk
from deskapp.desk.context import utc_now
from deskapp.domain.arrivals import Unfiled
from deskapp.domain.assigning import Mode, Scope
from deskapp.domain.erasing import EraseMode
from deskapp.domain.ids import AgentId, BlobHash, MoveId, TicketId
from deskapp.domain.kinds import Security, TicketStatus, View
from deskapp.domain.leaving import Heir
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.people import CustomerEdit
from deskapp.domain.people_files import PersonData, PersonField
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply
from deskapp.domain.saved_views import SavedView
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit
from tests.servers.team_desk import TeamDesk

from .letters import letter
from .there import come, leave

EVERYBODY = {"agent", "lead", "admin", "junior"}
SENIORS = EVERYBODY - {"junior"}
LEADS = {"lead", "admin"}
ADMINS = {"admin"}
NOWHERE = Server("127.0.0.1", 1, Security.NONE, "nobody")
_numbers = count(1)  # each customer and colleague is another


def _new(desk: Desk) -> TicketId:
    """A ticket by a new customer, as intake makes it."""
    number = next(_numbers)
    mail = letter(sender=f"Mai <mai{number}@customer.example>", message_id=f"{number}@c.example")
    desk.intake.import_mails([mail])
    ticket = desk.tickets.view_ids(View.CLOSED)[0]
    desk.tickets.edit(ticket, TicketEdit(status=TicketStatus.OPEN))
    return ticket


def _edited(desk: Desk) -> None:
    ticket = _new(desk)
    edit = TicketEdit(assignee_id=desk.agent, add_tags=("hot",), star=True)
    desk.tickets.edit(ticket, edit)
    desk.tickets.edit(ticket, TicketEdit(snooze=Snooze(utc_now() + timedelta(days=1))))
    mine, _again = desk.undo.stack()
    assert mine is not None
    desk.undo.take_back(mine.id)


def _noted(desk: Desk) -> None:
    ticket = _new(desk)
    newest = desk.tickets.note(ticket, "Please look, @Lead")
    desk.tickets.seen(ticket, newest)


def _drafted(desk: Desk) -> None:
    draft = desk.replies.draft(_new(desk))
    draft = desk.replies.save(replace(draft, body="Dear Mai"))
    draft = desk.replies.attach(draft, "a.txt", "text/plain", b"a")
    desk.replies.discard(desk.replies.save(draft).id)  # type: ignore[arg-type]


def _sent(desk: Desk) -> None:
    draft = desk.replies.draft(_new(desk))
    desk.replies.undo(desk.replies.send(replace(draft, body="Dear Mai")).outbox_id)


def _merged(desk: Desk) -> None:
    one, other = _new(desk), _new(desk)
    desk.tickets.merge(one, other)


def _split(desk: Desk) -> None:
    ticket = _new(desk)
    added = desk.tickets.note(ticket, "Another matter")
    desk.undo.move(_last_move(desk, desk.tickets.split(ticket, [added])))


def _moved(desk: Desk) -> None:
    one, other = _new(desk), _new(desk)
    desk.tickets.move(one, [desk.tickets.note(one, "Another matter")], other)


def _last_move(desk: Desk, ticket: TicketId) -> MoveId:
    return desk.tickets.conversation(ticket).moves[-1].id


def _imported(desk: Desk) -> None:
    who = PersonData(2, name="Mai", emails=("mai@file.example",))
    desk.people_files.take([who], "people.csv")


def _mapping(desk: Desk) -> None:
    desk.people_files.save_profile("Old shop", {PersonField.NAME: "Name"})


def _customer(desk: Desk) -> None:
    made = desk.customers.create("Lan", f"lan{next(_numbers)}@c.example")
    desk.customers.add_note(made, "Calls on Mondays")
    desk.customers.edit(made, CustomerEdit(name="Lan Trần", company="Lotus", must_know="VIP"))


def _customers_merged(desk: Desk) -> None:
    one, other = desk.customers.create("A"), desk.customers.create("B")
    desk.customers.merge(one, other)
    desk.customers.unmerge(other)


def _view(desk: Desk) -> None:
    saved = desk.views.save(SavedView(None, "Mine", "tag:hot"))
    desk.views.delete(saved.id)  # type: ignore[arg-type]


def _shared_view(desk: Desk) -> None:
    saved = desk.views.save(SavedView(None, "Ours", "tag:hot", shared=True))
    desk.views.delete(saved.id)  # type: ignore[arg-type]


def _seen_view(desk: Desk) -> None:
    [ours] = [one for one in desk.views.list() if one.name == "Everybody's"]
    desk.views.save(replace(ours, query="tag:cold"), ours)


def _seen_canned(desk: Desk) -> None:
    [ours] = [one for one in desk.canned.list() if one.name == "Everybody's"]
    assert ours.id is not None
    desk.canned.save(replace(desk.canned.get(ours.id), texts=(("en", f"Hello {desk.agent}"),)))


def _taken(desk: Desk) -> None:
    _new(desk)
    assert desk.assigning.take_next() is not None


def _erased(desk: Desk) -> None:
    customer = desk.tickets.row(_new(desk)).customer_id
    assert customer is not None
    desk.erasing.erase(desk.erasing.preview(customer), EraseMode.ANONYMISE)


def _mailbox(desk: Desk) -> None:
    made = desk.mailboxes.add(MailboxSettings("b@shop.example", "", NOWHERE, NOWHERE))
    desk.mailboxes.remove(made)


def _colleague(desk: Desk) -> None:
    made = desk.agents.add(f"Colleague {next(_numbers)}")
    desk.agents.edit(made, role="junior", active=False)


def _me(desk: Desk) -> None:
    assert desk.agent is not None
    desk.agents.edit(desk.agent, signature="Yours")


DEEDS: tuple[tuple[Callable[[Desk], object], set[str]], ...] = (
    (_edited, EVERYBODY),
    (_noted, EVERYBODY),
    (_drafted, EVERYBODY),
    (_customer, EVERYBODY),
    (_view, EVERYBODY),
    (_taken, EVERYBODY),
    (_me, EVERYBODY),
    (_sent, SENIORS),
    (_merged, SENIORS),
    (_customers_merged, SENIORS),
    (_split, SENIORS),
    (_moved, SENIORS),
    (_imported, SENIORS),
    (_mapping, SENIORS),
    (_shared_view, SENIORS),
    (_seen_view, SENIORS),
    (_seen_canned, SENIORS),
    (_erased, LEADS),
    (lambda desk: desk.teams.add(f"Team {desk.agent}"), LEADS),
    (lambda desk: desk.labels.add(f"Label {desk.agent}", TicketStatus.OPEN), LEADS),
    (_mailbox, ADMINS),
    (_colleague, ADMINS),
)


OURS = (
    _shared_view,
    _seen_view,
    _seen_canned,
    _sent,
    _merged,
    _customers_merged,
    _split,
    _moved,
    _imported,
    _mapping,
)


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
            assert problem.kind is ProblemKind.NOT_ALLOWED, (_name(deed), str(problem))
            assert deed not in OURS or "said" not in problem.details, "the desk says it, not SQL"
            yield _name(deed), problem.kind.value
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
        ticket = _new(theirs)
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
