"""What a reply asks of the database while its ticket is kept from everybody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import event, text

from deskapp.data.database import Database
from deskapp.data.queries.search_rebuild import rebuild_search

from .ground import Ground
from .letters import letter

_USUAL = 50  # statements; each is a trip to the server, and one more for each of many rows is worse
_FOUND_BY = ("zebra stripes", "订单", "invoice")


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    asked: list[str] = []

    def hear(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(database.writer, "before_cursor_execute", hear)
    yield asked
    event.remove(database.writer, "before_cursor_execute", hear)


def test_a_reply_takes_a_bounded_number_of_statements(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@c.example"))
    one = ground.only()
    draft = ground.replies.save(replace(ground.replies.draft(one), body="Tomorrow."))
    with _statements(ground.database) as asked:
        ground.replies.send(draft)
    assert len(asked) <= _USUAL, "\n".join(asked)


def test_a_reply_is_indexed_as_it_would_be_anew(ground: Ground) -> None:
    """Its words are known where it is written, and not read back."""
    ground.arrive(letter("What of the walrus?", message_id="a@c.example"))
    one = ground.only()
    draft = replace(ground.replies.draft(one), body="Zebra *stripes*, 訂單.")
    ground.replies.send(ground.replies.attach(draft, "invoice.txt", "text/plain", b"0"))
    for words in _FOUND_BY:
        assert ground.search.tickets(words) == [one]
    before = _indexed(ground)
    with ground.database.writing() as unit:
        rebuild_search(unit.connection)
    assert _indexed(ground) == before
    for words in _FOUND_BY:
        assert ground.search.tickets(words) == [one]


def _indexed(ground: Ground) -> list[str]:
    """A file keeps no words that could be read back."""
    if ground.database.is_sqlite:
        return []
    asked = text("SELECT CAST(vector AS text) FROM search_vector")
    with ground.database.reading() as connection:
        return sorted(connection.execute(asked).scalars())
