"""By what a mail finds its ticket, and what is said about it."""

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.messages import AskKind

from .ground import Ground
from .letters import letter

FIRST = "a@customer.example"
EVE = "Eve <eve@evil.example>"


def test_each_way_of_joining_is_kept_with_the_message(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    signed = ground.answer()
    ground.arrive(
        letter("own id", answers=(signed,), hours=1),
        letter("in reply", answers=("unknown@x", FIRST), hours=2),
        letter("reference", answers=(FIRST, "other@x"), hours=3),
        letter(f"In your mail <{signed}> you write", subject="Other", hours=4),
        letter("by subject", subject="RE: Where is order #10482?", hours=5),
    )
    assert [one.joined_by for one in ground.messages()] == [
        "new", "own_id", "in_reply_to", "reference", "marker", "subject", "",
    ]  # fmt: skip


def test_a_new_mail_with_an_old_subject_is_a_new_matter(ground: Ground) -> None:
    """Two orders on two days: only what looks like an answer is one."""
    ground.arrive(letter(message_id=FIRST), letter("And another", hours=30))
    assert len(ground.rows()) == 2


def test_an_equal_subject_joins_neither_strangers_nor_after_weeks(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    answer = {"subject": "Re: Where is order #10482?"}
    ground.later(days=60)
    ground.arrive(letter("mine too", sender="Tom <tom@other.example>", **answer))  # type: ignore[arg-type]
    ground.arrive(letter("again", hours=24 * 40, **answer))  # type: ignore[arg-type]
    assert [row.message_count for row in ground.rows()] == [1, 1, 1]


def test_a_mail_whose_answer_came_first_joins_it(ground: Ground) -> None:
    ground.arrive(letter("And?", message_id="b@customer.example", answers=(FIRST,), hours=1))
    ground.arrive(letter(message_id=FIRST))
    assert [one.joined_by for one in ground.messages()] == ["answered", "new"]


def test_references_that_lead_in_circles_or_without_end_do_no_harm(ground: Ground) -> None:
    one, two = "1@c.example", "2@c.example"
    ground.arrive(letter("first", message_id=one, answers=(two, one)))
    ground.arrive(letter("second", message_id=two, answers=(one, two), hours=1))
    many = tuple(f"{n}@c.example" for n in range(10_000))
    ground.arrive(letter("many", message_id="m@c.example", answers=(*many, two), hours=2))
    assert [row.message_count for row in ground.rows()] == [3]


def test_a_stranger_cannot_draw_a_customers_answers_to_their_own_ticket(ground: Ground) -> None:
    """Named before it arrives, or sent again under its id: the customer's thread holds."""
    ground.arrive(letter("Wait for it", sender=EVE, message_id="e@evil.example", answers=(FIRST,)))
    ground.arrive(letter(message_id=FIRST, hours=1))
    ground.arrive(letter("Other words", sender=EVE, message_id=FIRST, hours=2))
    ground.arrive(letter("And?", answers=(FIRST,), hours=3))
    told = {row.customer_name: row.message_count for row in ground.rows()}
    assert told["Mai Lan"] == 2
    mine = [row for row in ground.rows() if row.customer_name == "Mai Lan"]
    assert [one.joined_by for one in ground.messages(mine[0].id)] == ["new", "in_reply_to"]


def test_a_forged_thread_says_which_ticket_it_claims_and_moves_there_by_one_click(
    ground: Ground,
) -> None:
    ground.arrive(letter(message_id=FIRST))
    ground.arrive(letter("It is me", sender=EVE, answers=(FIRST,), hours=1))
    [mine, eves] = ground.rows()
    [message] = ground.messages(eves.id)
    assert message.marked and message.joined_by == "claim"
    assert message.ask is not None
    assert (message.ask.kind, message.ask.number) == (AskKind.CLAIMS, mine.number)
    ground.tickets.merge(eves.id, mine.id)
    assert len(ground.messages(mine.id)) == 2


def test_a_stranger_with_our_signed_id_joins_marked_and_stays_a_stranger(ground: Ground) -> None:
    """They had our mail. That lets in neither them, nor whom they copy, nor what they send next."""
    ground.arrive(letter(message_id=FIRST))
    signed = ground.answer()
    stranger = {"sender": EVE, "answers": (signed,)}
    ground.arrive(letter("1", cc="Bob <bob@evil.example>", message_id="e1@e", hours=1, **stranger))  # type: ignore[arg-type]
    ground.arrive(letter("2", hours=2, **stranger))  # type: ignore[arg-type]
    ground.arrive(letter("3", sender=EVE, answers=("e1@e",), hours=3))
    ground.arrive(letter("4", sender="Bob <bob@evil.example>", answers=("e1@e",), hours=4))
    messages = [one for row in ground.rows() for one in ground.messages(row.id)]
    assert [one.text.strip() for one in messages if one.marked] == ["1", "2", "3", "4"]
    assert [person.address for person in ground.replies.draft(ground.rows()[0].id).to] == [
        "mai@customer.example"
    ]


def test_an_answer_to_a_merged_ticket_goes_where_it_lives_on(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST), letter("2", subject="Two", message_id="2@c", hours=1))
    [one, two] = ground.rows()
    ground.tickets.merge(one.id, two.id)
    ground.arrive(letter("And?", answers=(FIRST,), hours=2))
    [row] = ground.rows()
    assert (row.id, row.message_count, row.status) == (two.id, 3, TicketStatus.NEW)


def test_a_ticket_number_in_the_subject_joins_for_who_takes_part_and_nobody_else(
    ground: Ground,
) -> None:
    ground.arrive(letter(message_id=FIRST), letter("2", subject="Two", hours=1))
    [one, two] = ground.rows()
    named = {"subject": f"News on [#{one.number}]"}
    away = {"Auto-Submitted": "auto-replied"}
    ground.arrive(letter("mine", hours=2, **named))  # type: ignore[arg-type]
    ground.arrive(letter("away", hours=3, headers=away, **named))  # type: ignore[arg-type]
    ground.arrive(letter("not mine", sender=EVE, hours=4, **named))  # type: ignore[arg-type]
    ground.arrive(letter("none", subject="[#999999999] [#1234567890123]", hours=5))
    assert [m.text.strip() for m in ground.messages(one.id)][1:] == ["mine", "away"]
    assert ground.messages(one.id)[1].joined_by == "subject_token"
    assert [row.message_count for row in ground.rows()] == [3, 1, 1, 1]
    ground.tickets.merge(one.id, two.id)
    ground.arrive(letter("merged", hours=6, **named))  # type: ignore[arg-type]
    assert ground.messages(two.id)[-1].text.strip() == "merged"


def test_our_own_mail_into_another_helpdesk_does_not_take_its_number_for_ours(
    ground: Ground,
) -> None:
    ground.arrive(letter(message_id=FIRST))
    [one] = ground.rows()
    raw = letter("Ours", sender="support@shop.example", to="help@courier.example",
                 subject=f"Re: [#{one.number}] Lost", hours=1)  # fmt: skip
    ground.arrive(raw, role="sent")
    assert [row.message_count for row in ground.rows()] == [1, 1]


def test_an_automatic_reply_without_ids_finds_its_ticket_by_subject(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    away = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    subject = "Automatic reply: Where is order #10482?"
    ground.arrive(letter("Away", subject=subject, headers=away, hours=1))
    assert ground.rows()[0].message_count == 2
