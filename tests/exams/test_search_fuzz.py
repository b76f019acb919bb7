"""Whatever is typed into the search field is answered, and both databases answer the same.

Lines are put together from operators in all their languages, values that exist and that do not,
words of the mails and signs that mean something to some parser.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.search_operators import OPERATORS
from deskapp.domain.tickets import TicketEdit
from tests.desk.ground import Ground
from tests.desk.letters import letter

pytestmark = pytest.mark.exam

LINES = 1_500
SIGNS = [
    *"\"'*()^:&|!{}[]<>\\/%_-+#@~`$=;,.?，。：「」“”«»\x00\t\u200b\u202e\ufffd\ue000🎁",
    "NEAR(a b)",
    "AND",
    "OR NOT",
    "<->",
    "a:*",
    "''",
    "--",
    "'; DROP TABLE ticket",
    "e\u0301",
    "ß",
    "İ",
    "ﬁ",
    "½",
    "٣",
]
TEXTS = [
    "Đơn hàng ORD-1001 chưa tới, it's 50% off (c++)",
    "我的訂單還沒到 №12 a|b&!c",
    "Заказы ещё не пришли C:\\x ﬁnd 100€",
    "It's the carrier's “fault” kim.lee@example.com e\u0301clair",
    "x* parcel^2 {x} a\u200bb đơn日本 #12-34/5",
]


@pytest.fixture
def both(tmp_path: Path, postgres_url: str) -> Iterator[tuple[Ground, Ground]]:
    """The same mails on SQLite and on PostgreSQL."""
    grounds = Ground(f"sqlite:///{tmp_path / 'desk.db'}"), Ground(postgres_url)
    for ground in grounds:
        ground.arrive(
            *(letter(said, sender=f"c{n}@c.example", hours=n) for n, said in enumerate(TEXTS))
        )
        first = min(ground.tickets.view_ids("all"))
        ground.tickets.edit(first, TicketEdit(status=TicketStatus.CLOSED, add_tags=("VIP",)))
        ground.tickets.note(first, "a note about zebras")
    yield grounds
    for ground in grounds:
        ground.database.close()


def test_any_line_is_answered_and_the_same_on_both(
    both: tuple[Ground, Ground], tell: Callable[[str], None]
) -> None:
    random, found, differ = Random(11), 0, []
    for _ in range(LINES):
        typed = _line(random)
        answers = [_answer(ground, typed) for ground in both]
        found += bool(answers[0][0])
        if answers[0] != answers[1]:
            differ.append((typed, *answers))
    assert differ == []
    tell(f"{LINES} lines, seed 11, {found} with answers, the same on both databases")


def test_every_piece_of_every_mail_finds_it(
    both: tuple[Ground, Ground], tell: Callable[[str], None]
) -> None:
    """No silent zero: what was copied out of a mail finds that mail, also inside quotes."""
    random, asked, missed = Random(12), 0, []
    for _ in range(LINES // 5):
        number = random.randrange(len(TEXTS))
        said = TEXTS[number]
        start = random.randrange(len(said))
        piece = said[start : start + random.randrange(1, 30)].strip()
        words = piece.split()
        if len(words) > 2:  # cut words are no words; those in the middle are whole
            words = words[1:-1]
        elif piece not in said.split():
            continue
        for typed in (" ".join(words), f'"{" ".join(words)}"'):
            if not any(sign.isalnum() for sign in typed) or typed.startswith("-") or ":" in typed:
                continue
            asked += 1
            for ground in both:
                numbers = [row.number for row in ground.tickets.rows(ground.search.tickets(typed))]
                if number + 1 not in numbers:
                    missed.append((typed, number + 1, numbers))
    assert missed == []
    tell(f"{asked} pieces, seed 12, each finds its mail on both databases")


def _line(random: Random) -> str:
    return random.choice(["", " ", "  "]).join(
        _piece(random) for _ in range(random.randrange(1, 6))
    )


def _piece(random: Random) -> str:
    kind = random.random()
    if kind < 0.35:
        operator = random.choice(OPERATORS)
        name = random.choice([operator.name, *operator.also])
        values = [*operator.values, "vip", "anna", "1001", ">2d", "7d", "2026-11-02", "c1", "", "?"]
        out = random.choice(["", "", "-"])
        return f"{out}{name}{random.choice(':：')}{random.choice(values)}{_sign(random)} "
    if kind < 0.7:
        return random.choice(random.choice(TEXTS).split()) + random.choice(["", " ", "*"])
    return _sign(random) + _sign(random)


def _sign(random: Random) -> str:
    signs: list[str] = [*SIGNS, ""]
    return random.choice(signs)


def _answer(ground: Ground, typed: str) -> tuple[object, ...]:
    tickets = ground.search.tickets(typed)
    numbers = [row.number for row in ground.tickets.rows(tickets)]
    snippets = ground.search.snippets(typed, tickets)
    groups = ground.search.groups(typed)
    found = ground.search.find(typed)
    return (
        numbers,
        sorted(snippets.values()),
        {one.subject for one in (*groups.customers, *groups.orders, *groups.canned)},
        {(one.kind, one.subject) for one in found},
        groups.as_text,
    )
