"""What happened on a desk, as notices are made of it; on both databases."""

from dataclasses import replace

from deskapp.desk.notices import Notices
from deskapp.desk.tickets import Tickets
from deskapp.desk.views import Views
from deskapp.domain.notices import NoticeKind, Wish, notices_for
from deskapp.domain.saved_views import SavedView
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


def told(ground: Ground, after: int) -> list[NoticeKind]:
    ids = ground.tickets.view_ids("all")
    return [
        one.kind for one in notices_for(ground.anna, Notices(ground.context).happened(ids, after))
    ]


def test_mail_assigning_and_mentions_are_told_and_what_was_there_before_is_not(
    ground: Ground,
) -> None:
    notices = Notices(ground.context)
    assert notices.newest() == 0
    ground.arrive(letter("Where is it?"))
    assert told(ground, 0) == [NoticeKind.NEW_TICKET]
    one, olga = ground.only(), Tickets(replace(ground.context, agent=ground.olga))
    before = notices.newest()
    olga.edit(one, TicketEdit(assignee_id=ground.anna))
    assert told(ground, before) == [NoticeKind.ASSIGNED]
    before = notices.newest()
    olga.note(one, "@Anna please look")
    assert told(ground, before) == [NoticeKind.MENTION]
    before = notices.newest()
    ground.tickets.note(one, "@Olga I do")  # my own
    assert told(ground, before) == []


def test_only_the_tickets_asked_for_are_read(ground: Ground) -> None:
    ground.arrive(letter("Where is it?"))
    assert Notices(ground.context).happened([], 0) == ()


def test_a_mailbox_can_be_silent_and_new_tickets_told_of_one_view_alone(ground: Ground) -> None:
    ground.arrive(letter(subject="Where is it?"))
    ground.arrive(letter(subject="Rechnung", sender="Bo <bo@mail.example>"))
    notices = Notices(ground.context)
    tickets = ground.tickets.view_ids("all")
    heard = notices_for(ground.anna, notices.happened(tickets, 0))
    [address] = {one.mailbox for one in heard}
    assert len(heard) == 2 and not any(
        Wish(silent=frozenset({address})).heeds(one) for one in heard
    )
    assert all(Wish(silent=frozenset({"other@shop.example"})).heeds(one) for one in heard)
    pinned = Views(ground.context).save(SavedView(None, "Bills", "rechnung"))
    within = notices.standing_in(pinned.key, tickets)
    assert [ground.tickets.row(one).subject for one in within] == ["Rechnung"]
    assert notices.standing_in("unassigned", tickets) == set(tickets)
    assert pinned.id is not None
    Views(ground.context).delete(pinned.id)
    assert notices.standing_in(pinned.key, tickets) == set(tickets)  # rather too much than nothing
