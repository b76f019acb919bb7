"""What people do on a desk of an ordinary day, and whose it is to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

from deskapp.desk import Desk
from deskapp.desk.context import utc_now
from deskapp.domain.erasing import EraseMode
from deskapp.domain.ids import MoveId, TicketId
from deskapp.domain.kinds import Security, TicketStatus, View
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.people import CustomerEdit
from deskapp.domain.people_files import PersonData, PersonField
from deskapp.domain.saved_views import SavedView
from deskapp.domain.signatures import Signature
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit

from .letters import letter

EVERYBODY = {"agent", "lead", "admin", "junior"}
SENIORS = EVERYBODY - {"junior"}
LEADS = {"lead", "admin"}
ADMINS = {"admin"}
NOWHERE = Server("127.0.0.1", 1, Security.NONE, "nobody")
_numbers = count(1)  # each customer and colleague is another


def new_ticket(desk: Desk) -> TicketId:
    """A ticket by a new customer, as intake makes it."""
    number = next(_numbers)
    mail = letter(sender=f"Mai <mai{number}@customer.example>", message_id=f"{number}@c.example")
    desk.intake.import_mails([mail])
    ticket = desk.tickets.view_ids(View.CLOSED)[0]
    desk.tickets.edit(ticket, TicketEdit(status=TicketStatus.OPEN))
    return ticket


def _edited(desk: Desk) -> None:
    ticket = new_ticket(desk)
    edit = TicketEdit(assignee_id=desk.agent, add_tags=("hot",), star=True)
    desk.tickets.edit(ticket, edit)
    desk.tickets.edit(ticket, TicketEdit(snooze=Snooze(utc_now() + timedelta(days=1))))
    mine, _again = desk.undo.stack()
    assert mine is not None
    desk.undo.take_back(mine.id)


def _noted(desk: Desk) -> None:
    ticket = new_ticket(desk)
    newest = desk.tickets.note(ticket, "Please look, @Lead")
    desk.tickets.seen(ticket, newest)


def _drafted(desk: Desk) -> None:
    draft = desk.replies.draft(new_ticket(desk))
    draft = desk.replies.save(replace(draft, body="Dear Mai"))
    draft = desk.replies.attach(draft, "a.txt", "text/plain", b"a")
    desk.replies.discard(desk.replies.save(draft).id)  # type: ignore[arg-type]


def _sent(desk: Desk) -> None:
    draft = desk.replies.draft(new_ticket(desk))
    desk.replies.undo(desk.replies.send(replace(draft, body="Dear Mai")).outbox_id)


def _merged(desk: Desk) -> None:
    one, other = new_ticket(desk), new_ticket(desk)
    desk.tickets.merge(one, other)


def _split(desk: Desk) -> None:
    ticket = new_ticket(desk)
    added = desk.tickets.note(ticket, "Another matter")
    desk.undo.move(_last_move(desk, desk.tickets.split(ticket, [added])))


def _moved(desk: Desk) -> None:
    one, other = new_ticket(desk), new_ticket(desk)
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


def _views_moved(desk: Desk) -> None:
    desk.views.reorder([one.id for one in reversed(desk.views.list()) if one.id is not None])


def _signed_for_all(desk: Desk) -> None:
    desk.signatures.put(Signature(None, None, "vi", f"Trân trọng {desk.agent}"))
    desk.signatures.put(Signature(None, None, "vi", ""))


def _signed(desk: Desk) -> None:
    desk.signatures.put(Signature(desk.agent, None, "vi", "Trân trọng"))


def _seen_view(desk: Desk) -> None:
    [ours] = [one for one in desk.views.list() if one.name == "Everybody's"]
    desk.views.save(replace(ours, query="tag:cold"), ours)


def _seen_canned(desk: Desk) -> None:
    [ours] = [one for one in desk.canned.list() if one.name == "Everybody's"]
    assert ours.id is not None
    desk.canned.save(replace(desk.canned.get(ours.id), texts=(("en", f"Hello {desk.agent}"),)))


def _taken(desk: Desk) -> None:
    new_ticket(desk)
    assert desk.assigning.take_next() is not None


def _erased(desk: Desk) -> None:
    customer = desk.tickets.row(new_ticket(desk)).customer_id
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
    (_signed, EVERYBODY),
    (_sent, SENIORS),
    (_merged, SENIORS),
    (_customers_merged, SENIORS),
    (_split, SENIORS),
    (_moved, SENIORS),
    (_imported, SENIORS),
    (_mapping, SENIORS),
    (_shared_view, SENIORS),
    (_seen_view, SENIORS),
    (_views_moved, SENIORS),
    (_seen_canned, SENIORS),
    (_signed_for_all, LEADS),
    (_erased, LEADS),
    (lambda desk: desk.teams.add(f"Team {desk.agent}"), LEADS),
    (lambda desk: desk.labels.add(f"Label {desk.agent}", TicketStatus.OPEN), LEADS),
    (_mailbox, ADMINS),
    (_colleague, ADMINS),
)


OURS = (
    _shared_view,
    _seen_view,
    _views_moved,
    _signed_for_all,
    _seen_canned,
    _sent,
    _merged,
    _customers_merged,
    _split,
    _moved,
    _imported,
    _mapping,
)
