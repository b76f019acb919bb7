"""What is in the index and how it is asked: as people type, on both databases the same; subjects
edited later; the beginning of a long answer; and an index that an older program folded."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from deskapp.data.database import Database
from deskapp.data.queries import search_tickets
from deskapp.data.queries.search_rebuild import rebuild_search, refold_some
from deskapp.data.search import index_name
from deskapp.data.tables.team import desk_info
from deskapp.domain.ids import TicketId
from deskapp.domain.mail import Address
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter

TYPED: list[tuple[str, set[int]]] = [
    ("заказ", {1}),
    ("заказа ", {1}),
    ("заказами ", {1}),
    ("ПОСЫЛКИ ", {1}),
    ("посылок ", {1}),  # the vowel comes and goes
    ("еще", {1}),
    ("ещё ", {1}),
    ("Елка", {1}),
    ("订单", {2}),
    ("訂單", {2}),
    ("退货", {2}),
    ("退貨 ", {2}),
    ("货退", set()),
    ("đơn hàng ", {3}),
    ("don hang", {3}),
    ("ĐƠN HANG", {3}),
    ("1004", {3}),
    ("#1004", {3}),
    ("ORD-1004", {3}),
    ("ord1004 ", {3}),
    ("ORD-10", {2, 3}),
    ("mai.le", {3}),
    ("le@cus", {3}),
    ("customer.example", {1, 3}),
    ("@other", {2}),
    ("invoice-2026", {2}),
    ("n", {3}),  # naechste: one letter begins a word as well as ten do
    ("parcel n", {3}),
    ("parcel q", set()),
]


@pytest.fixture
def spoken(ground: Ground) -> Ground:
    """1 Russian, 2 Chinese with a file, 3 Vietnamese with an order number; a word in common."""
    ground.arrive(
        letter("Заказы и посылку жду, ещё ёлка. parcel", sender="ivan@customer.example"),
        letter(
            "我的訂單 ORD-1077 還沒到，想退貨 parcel",
            sender="chen@other.example",
            hours=1,
            file=("invoice-2026.pdf", b"%PDF"),
        ),
        letter(
            "Đơn hàng ORD1004 của tôi parcel naechste",
            sender="Mai <mai.le@customer.example>",
            hours=2,
        ),
    )
    return ground


def _numbers(ground: Ground, words: str) -> list[int]:
    return [row.number for row in ground.tickets.rows(ground.search.tickets(words))]


def _typed(ground: Ground) -> dict[str, set[int]]:
    return {words: set(_numbers(ground, words)) for words, _ in TYPED}


def test_what_people_type_in_each_language_is_found_also_after_a_copy(spoken: Ground) -> None:
    assert _typed(spoken) == dict(TYPED)
    with spoken.database.writing() as unit:
        rebuild_search(unit.connection)
    assert _typed(spoken) == dict(TYPED)
    assert spoken.check() == ()


def test_subjects_are_found_that_were_edited_later_or_that_nobody_wrote_on_yet(
    ground: Ground,
) -> None:
    ground.arrive(letter(subject="Question"))
    one = ground.only()
    ground.tickets.edit(one, TicketEdit(subject="Zebra stripes"))
    empty = ground.tickets.new_ticket(Address("", "kim@customer.example"), "Walrus", None)

    def found() -> list[list[TicketId]]:
        return [ground.search.tickets(words) for words in ("zebra", "walrus", "question")]

    assert found() == [[one], [empty], [one]]
    with ground.database.writing() as unit:
        rebuild_search(unit.connection)
    assert found() == [[one], [empty], [one]]
    ground.tickets.edit(one, TicketEdit(subject="Plain"))
    assert found() == [[], [empty], [one]]
    assert ground.check() == ()


def test_a_short_answer_is_the_beginning_of_the_long_one(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where PostgreSQL looks through wider and wider windows of the newest rows."""
    said = ("résumé", "resume", "resume of a talk", "Résumé")
    ground.arrive(
        *(
            letter(f"{said[n % 4]} {n}", sender=f"c{n}@c.example", subject=f"s{n}", hours=n)
            for n in range(12)
        )
    )
    whole = ground.search.tickets("résumé")
    assert len(whole) == 12
    for recent, widest in ((1, 0), (1, 4), (2, 64)):
        monkeypatch.setattr(search_tickets, "_RECENT", recent)
        monkeypatch.setattr(search_tickets, "_WIDEST", widest)
        for limit in (1, 3, 12):
            assert ground.search.tickets("résumé", limit) == whole[:limit]
    monkeypatch.setattr(search_tickets, "_LOOKED_AT", 3)
    newest = ground.search.tickets("résumé", 12)
    assert [ground.search.tickets("résumé", limit) for limit in (1, 2, 5)] == [
        newest[:1],
        newest[:2],
        newest[:5],
    ]


def test_an_index_of_an_older_program_is_folded_anew_while_it_is_searched(spoken: Ground) -> None:
    with spoken.database.writing() as unit:
        for kind in ("message", "customer"):
            index = index_name(unit.connection, kind)
            unit.connection.execute(text(f"DELETE FROM {index}"))
        unit.connection.execute(update(desk_info).values(folding_version=0))
    assert spoken.search.groups("parcel").indexed == 0
    with spoken.database.writing() as unit:
        assert refold_some(unit, 1)
    with closing(Database(spoken.database.url)) as theirs, theirs.writing() as unit:
        assert refold_some(unit, 2)  # another program helps
    assert 0 < (spoken.search.groups("parcel").indexed or 0) < 100
    assert 3 in _numbers(spoken, "parcel")
    spoken.arrive(letter("a parcel that comes meanwhile", sender="new@c.example", hours=9))
    while spoken.search.index_again():
        pass
    assert spoken.search.groups("parcel").indexed is None
    assert not spoken.search.index_again()
    assert set(_numbers(spoken, "parcel")) == {1, 2, 3, 4}
    assert [one.subject for one in spoken.search.groups("mai.le").customers] == ["Mai"]
    assert spoken.check() == ()


def test_files_of_our_own_replies_are_found(ground: Ground) -> None:
    ground.arrive(letter())
    draft = ground.replies.draft(ground.only())
    draft = ground.replies.attach(draft, "walrus-label.pdf", "application/pdf", b"%PDF-1")
    ground.replies.send(replace(draft, body="See the label."), delay=timedelta(0))
    assert ground.search.tickets("walrus") == [ground.only()]
