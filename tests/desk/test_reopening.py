"""What a mail does to a ticket that has ended, by whom it is and how late it comes."""

from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import START, letter

FIRST = "a@customer.example"
DAY = 24
AWAY = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}


def _ended(ground: Ground) -> None:
    """A question, solved a day later."""
    ground.arrive(letter(message_id=FIRST))
    ground.tickets.edit(ground.only(), TicketEdit(status=TicketStatus.SOLVED))


def test_an_answer_within_two_weeks_reopens_and_a_later_one_begins_a_linked_ticket(
    ground: Ground,
) -> None:
    _ended(ground)
    ground.later(days=40)
    ground.arrive(letter("in time", answers=(FIRST,), hours=15 * DAY, message_id="b@c"))
    assert ground.rows()[0].status is TicketStatus.OPEN
    ground.tickets.edit(ground.only(), TicketEdit(status=TicketStatus.CLOSED))
    ground.later(days=20)
    late = {"answers": (FIRST, "b@c"), "message_id": "late@c"}
    ground.arrive(letter("late", hours=(41 + 15) * DAY, **late))  # type: ignore[arg-type]
    [old, new] = ground.rows()
    assert (old.status, new.status) == (TicketStatus.CLOSED, TicketStatus.NEW)
    assert new.customer_id == old.customer_id
    before, after = ground.tickets.conversation(old.id), ground.tickets.conversation(new.id)
    assert after.follows is not None and after.follows.id == old.id
    assert [one.id for one in before.followed_by] == [new.id]
    assert after.messages[0].joined_by == "follows" and not after.messages[0].marked
    told = [
        [(one.old, one.new) for one in many.events if one.kind is EventKind.FOLLOWED]
        for many in (before, after)
    ]
    assert told == [[("", str(new.number))], [(str(old.number), "")]]
    ground.arrive(letter("more", answers=(FIRST,), hours=(41 + 16) * DAY))
    assert [row.message_count for row in ground.rows()] == [2, 2]
    assert ground.check() == ()


def test_the_desk_sets_for_how_many_days(ground: Ground) -> None:
    assert ground.intake.reopen_days() == 14
    ground.intake.set_reopen_days(2)
    _ended(ground)
    ground.later(days=9)
    ground.arrive(letter("late", answers=(FIRST,), hours=5 * DAY))
    assert [row.message_count for row in ground.rows()] == [1, 1]


def test_our_later_word_keeps_a_ticket_open_to_answers(ground: Ground) -> None:
    _ended(ground)
    ground.later(days=60)
    phone = letter(
        "One more thing",
        sender="Lotus <support@shop.example>",
        to="mai@customer.example",
        answers=(FIRST,),
        message_id="p@phone",
        hours=30 * DAY,
    )
    ground.arrive(phone, role="sent")
    ground.arrive(letter("Ah!", answers=("p@phone",), hours=31 * DAY))
    assert [row.message_count for row in ground.rows()] == [3]


def test_automatic_mail_never_reopens_nor_begins_anything_however_late(ground: Ground) -> None:
    _ended(ground)
    ground.later(days=60)
    ground.arrive(letter("Away", answers=(FIRST,), headers=AWAY, hours=2 * DAY))
    ground.arrive(letter("Away", answers=(FIRST,), headers=AWAY, hours=50 * DAY))
    [row] = ground.rows()
    assert (row.status, row.message_count) == (TicketStatus.SOLVED, 3)


def test_automatic_mail_stops_no_waiting_clock(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    ground.arrive(letter("Away", answers=(FIRST,), headers=AWAY, hours=2))
    assert ground.rows()[0].waiting_since == START
