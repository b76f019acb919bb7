"""A ticket's standing, kept up message by message, is the one computed from all of them."""

import random
from datetime import UTC, datetime, timedelta

from deskapp.domain.kinds import Direction, MailKind
from deskapp.domain.standing import Course, Fact, standing

START = datetime(2026, 11, 2, tzinfo=UTC)


def test_whatever_the_order_of_arrival_the_standing_is_that_of_all_messages() -> None:
    chosen = random.Random(3)
    for _ in range(200):
        facts = [
            Fact(
                START + timedelta(minutes=chosen.randrange(12)),
                number,
                chosen.choice(list(Direction)),
                chosen.choice([MailKind.HUMAN, MailKind.HUMAN, MailKind.OUT_OF_OFFICE]),
                written_here=chosen.random() < 0.5,
                settled=chosen.random() < 0.3,
            )
            for number in range(1, chosen.randrange(2, 12))
        ]
        known = chosen.randrange(len(facts))
        chosen.shuffle(facts)
        course = Course(facts[:known])
        for place, fact in enumerate(facts[known:], start=known + 1):
            course.add(fact)
            assert course.now() == standing(facts[:place])


def test_a_ticket_without_messages_stands_nowhere() -> None:
    now = Course().now()
    assert (now.count, now.newest_id, now.updated_at, now.waiting_since) == (0, None, None, None)
