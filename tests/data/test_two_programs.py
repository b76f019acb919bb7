"""Several programs on one desk file of one machine: each writes, nobody is told of locks."""

from contextlib import closing
from multiprocessing import get_context

from sqlalchemy import text

from deskapp.data.database import Database
from deskapp.data.queries import leases
from deskapp.data.upgrade import open_desk

WRITES = 25
ONE_MORE = text(
    "INSERT INTO counter (name, value) VALUES ('tried', 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1"
)


def _work(url: str, name: str) -> None:
    with closing(Database(url)) as database:
        open_desk(database)
        for _ in range(WRITES):
            with database.writing() as unit:
                unit.connection.execute(ONE_MORE)
                unit.touched.areas.add("desk")
        with database.writing() as unit:
            held = leases.acquire(unit.connection, "mailbox 1", name) is not None
            if held:
                unit.connection.execute(text("INSERT INTO counter VALUES ('held', 1)"))


def test_three_programs_write_one_file_and_one_of_them_has_the_lease(desk_file: str) -> None:
    with closing(Database(desk_file)) as window:
        open_desk(window, create=True)
        started = get_context("fork")
        programs = [started.Process(target=_work, args=(desk_file, f"p{n}")) for n in range(3)]
        for one in programs:
            one.start()
        for one in programs:
            one.join(60)
        assert [one.exitcode for one in programs] == [0, 0, 0]
        with window.reading() as connection:
            counted = dict(connection.execute(text("SELECT name, value FROM counter")).all())  # type: ignore[arg-type]
        assert (counted["tried"], counted["held"]) == (3 * WRITES, 1)
