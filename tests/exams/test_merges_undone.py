"""Merges, splits, moves and links in any order, each undone: every row is back."""

from random import Random

import pytest

from deskapp.desk.links import Links
from deskapp.desk.undo import Undo
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import View
from deskapp.domain.problem import Problem
from tests.desk.dump import differences, rows_of
from tests.desk.ground import Ground
from tests.desk.letters import letter

ROUNDS, ACTS = 40, 5


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_whatever_was_moved_comes_back_row_by_row(desk_url: str, seed: int) -> None:
    ground, random = Ground(desk_url), Random(seed)
    for n in range(6):
        sender = f"c{n}@c.example"
        ground.arrive(letter(f"text {n}", sender=sender, message_id=f"m{n}@c", hours=n))
        if random.random() < 0.7:
            ground.arrive(letter("more", sender=sender, answers=(f"m{n}@c",), hours=n + 0.5))
    for one in ground.tickets.view_ids(View.ALL):
        if random.random() < 0.5:
            ground.tickets.note(one, f"note {one}")
    before = rows_of(ground.database)
    done = sum(_something(ground, random) for _ in range(ACTS))
    undo = Undo(ground.context)
    for _ in range(done):
        act, _again = undo.stack()
        assert act is not None
        undo.take_back(act.id)
        assert ground.check() == ()
    left = differences(before, rows_of(ground.database))
    # Of what was split off only the numbers stay, merged into what they came from, and found so.
    stay = ("'status': 'merged'", "+ search_row {'id'", "'kind': 'ticket'")
    assert [one for one in left if stay[0] not in one and not all(w in one for w in stay[1:])] == []
    ground.database.close()


def _something(ground: Ground, random: Random) -> int:
    """One act on tickets picked by chance; how many were done."""
    ids = ground.tickets.view_ids(View.ALL)
    one, other = random.sample(ids, 2)
    messages = [row.id for row in ground.messages(one)]
    some = random.sample(messages, max(len(messages) // 2, 1))
    try:
        match random.randrange(4):
            case 0:
                ground.tickets.merge_many([one, *_third(ids, one, other, random)], other)
            case 1:
                ground.tickets.split(one, some)
            case 2:
                ground.tickets.move(one, some, other)
            case _:
                Links(ground.context).add(one, other)
    except Problem:  # nothing would be left there, or they are linked already
        return 0
    return 1


def _third(ids: list[TicketId], one: TicketId, other: TicketId, random: Random) -> list[TicketId]:
    rest = [each for each in ids if each not in (one, other)]
    return random.sample(rest, 1) if rest and random.random() < 0.4 else []
