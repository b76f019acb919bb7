"""When a mail stands in its conversation, whatever its clock said."""

from datetime import timedelta

from .ground import Ground
from .letters import START, letter

FIRST = "a@customer.example"


def _stamped(text: str, date: str, **more: object) -> bytes:
    lines = letter(text, **more).split(b"\n")  # type: ignore[arg-type]
    return b"\n".join(
        b"Date: " + date.encode() if one.startswith(b"Date:") else one for one in lines
    )


def test_the_servers_date_orders_and_the_own_one_is_shown_where_it_is_another(
    ground: Ground,
) -> None:
    wrong = _stamped("second", "Thu, 01 Jan 2015 00:00:00 +0000", answers=(FIRST,))
    ground.arrive(letter("first", message_id=FIRST), internal_at=START)
    ground.arrive(wrong, internal_at=START + timedelta(hours=1))
    one, two = ground.messages()
    assert (one.at, two.at) == (START, START + timedelta(hours=1))
    assert one.dated_at is None
    assert two.dated_at is not None and two.dated_at.year == 2015


def test_mail_from_the_future_stands_where_it_was_first_seen(ground: Ground) -> None:
    future = _stamped("to come", "Fri, 01 Jan 2038 00:00:00 +0000", message_id=FIRST)
    ground.arrive(future, internal_at=START + timedelta(days=4000))
    first_seen = ground.time
    ground.later(hours=1)
    ground.arrive(letter("later", answers=(FIRST,), hours=25), internal_at=ground.time)
    one, two = ground.messages()
    assert (one.text.strip(), one.at) == ("to come", first_seen)
    assert one.dated_at is not None and one.dated_at.year == 2038
    assert two.at == ground.time
