"""Programs one and two releases behind a desk read as long as they can, and never write."""

from collections.abc import Callable
from contextlib import closing

import pytest

from deskapp.data.database import Database
from deskapp.data.queries import leases
from deskapp.data.queries.desk_info import read_with, set_return_days
from deskapp.data.table_sums import table_sum
from deskapp.data.tables import metadata
from deskapp.data.upgrade import open_desk
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit
from tests.data.later import NEWEST, program_of

from .ground import Ground
from .letters import letter


def _verbs(old: Ground, database: Database) -> dict[str, Callable[[], object]]:
    """What a window, the engine and a command write."""
    [number] = old.tickets.view_ids(View.ALL)

    def lease() -> None:
        with database.writing() as unit:
            leases.acquire(unit.connection, "mailbox 1", "old engine")

    def settings() -> None:
        with database.writing() as unit:
            set_return_days(unit, 3)

    return {
        "ticket": lambda: old.tickets.new_ticket(Address("", "new@c.example"), "New", None),
        "status": lambda: old.tickets.edit(number, TicketEdit(status=TicketStatus.CLOSED)),
        "note": lambda: old.tickets.note(number, "Called."),
        "customer": lambda: old.customers.create("Mai"),
        "intake": lambda: old.arrive(letter("again", message_id="late@c.example")),
        "lease": lease,
        "settings": settings,
    }


def _sums(url: str) -> dict[str, object]:
    with closing(Database(url)) as database, database.reader.connect() as connection:
        return {
            table.name: table_sum(connection, table)
            for table in metadata.sorted_tables
            if table.name not in ("desk_info", "search_row")
        }


@pytest.mark.parametrize("behind", ["0001", "0002"])
def test_what_is_behind_writes_nothing_and_says_so(desk_url: str, behind: str) -> None:
    with program_of(behind):
        old = Ground(desk_url)  # a window that was open all the time
        old.arrive(letter(message_id="a@c.example"))
    ids = old.tickets.view_ids(View.ALL)
    with program_of(NEWEST), closing(Database(desk_url)) as newer:
        open_desk(newer, beside_others=True)
    before = _sums(desk_url)
    with program_of(behind):
        for name, write in _verbs(old, old.database).items():
            with pytest.raises(Problem) as told:
                write()
            kind, what = told.value.kind, told.value.details.get("what")
            assert (kind, what) == (ProblemKind.SCHEMA_NEWER, "write"), name
            assert told.value.details["found"] == NEWEST
        assert _sums(desk_url) == before
        assert old.tickets.view_ids(View.ALL) == ids  # what is still there is still read
        with pytest.raises(Problem) as told, old.database.reading() as connection:
            read_with(connection)  # what a contraction took
        assert told.value.kind is ProblemKind.SCHEMA_NEWER
        with pytest.raises(Problem) as told, closing(Database(desk_url)) as again:
            open_desk(again)
        assert told.value.kind is ProblemKind.SCHEMA_NEWER
    old.database.close()


def test_colleagues_are_not_left_behind_unasked(desk_on_postgres: str) -> None:
    with closing(Database(desk_on_postgres)) as window:
        open_desk(window)
        with window.reading():
            pass
        with program_of(NEWEST), closing(Database(desk_on_postgres)) as newer:
            with pytest.raises(Problem) as told:
                open_desk(newer)
            assert told.value.kind is ProblemKind.SCHEMA_OLDER
            assert "deskapp" in str(told.value.details["who"])
            open_desk(newer, beside_others=True)
