"""What a desk on PostgreSQL and its programs agree upon about the change log."""

from sqlalchemy import Connection, text

CHANGE_LOCK = 0x6465736B
"""The advisory lock ("desk") that is held from a change row's number, which is given within its
COMMIT, to the end of that. The trigger of ``migrations/first/change_log.py`` takes it, so that no
program can number rows beside it."""

NOTIFY_CHANNEL = "deskapp_change"
"""A notice carries the origin of the program that wrote. For what is read of the change log."""

PASSING_CHANNEL = "deskapp_passing"
"""The same for where people are, which stands in no log: it is over before anybody reads it up."""


def say_in_passing(connection: Connection, origin: str) -> None:
    """For a transaction whose loss in a crash of the server is none: its COMMIT waits for no disk
    and no replica. With an origin, who listens is told; without one nobody."""
    quick = "SELECT set_config('synchronous_commit', 'off', true)"
    told = f"{quick}, pg_notify('{PASSING_CHANNEL}', :origin)" if origin else quick
    connection.execute(text(told), {"origin": origin} if origin else {})
