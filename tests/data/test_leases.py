"""Leases: one holder at a time, and a fence that tells holders apart."""

from datetime import timedelta

from deskapp.data.queries.leases import LEASE_TIME, acquire, holder_of, release, renew
from tests.data.mail_rows import NOW, new_desk


def test_only_one_holds_a_lease_until_it_is_given_back_or_runs_out(desk_url: str) -> None:
    with new_desk(desk_url) as database, database.writing() as unit:
        at = unit.connection
        first = acquire(at, "mailbox:1", "anna", now=NOW)
        assert first == 1
        assert acquire(at, "mailbox:1", "ben", now=NOW) is None
        assert holder_of(at, "mailbox:1", now=NOW) == "anna"
        late = NOW + LEASE_TIME + timedelta(seconds=1)
        second = acquire(at, "mailbox:1", "ben", now=late)
        assert second == 2
        assert not renew(at, "mailbox:1", first, now=late)
        assert renew(at, "mailbox:1", second, now=late)
        release(at, "mailbox:1", second)
        assert holder_of(at, "mailbox:1", now=late) == ""
        assert acquire(at, "mailbox:1", "anna", now=late) == 3


def test_the_database_tells_the_time_when_nobody_else_does(desk_url: str) -> None:
    with new_desk(desk_url) as database, database.writing() as unit:
        assert acquire(unit.connection, "postman", "anna") == 1
        assert acquire(unit.connection, "postman", "ben") is None


def test_a_dead_holder_is_followed_at_once(desk_url: str) -> None:
    with new_desk(desk_url) as database, database.writing() as unit:
        at = unit.connection
        acquire(at, "mailbox:1", "dead", now=NOW)
        assert acquire(at, "mailbox:1", "heir", now=NOW, instead_of="another") is None
        assert acquire(at, "mailbox:1", "heir", now=NOW, instead_of="dead") == 2
