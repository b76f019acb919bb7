"""The desk's own words that complete an operator of the search field."""

from sqlalchemy import Connection, select

from ..tables.mail import mailbox
from ..tables.people import agent, team
from .tags import tag_names

_MOST = 500  # names of one list; nobody scrolls through more

_NAMES = {
    "assignee": agent.c.name,
    "from": mailbox.c.address,
    "to": mailbox.c.address,
    "mailbox": mailbox.c.address,
    "team": team.c.name,
}


def names_for(connection: Connection, operator: str) -> tuple[str, ...]:
    """Names in their order; none for an operator that names nothing of the desk."""
    if operator == "tag":
        return tag_names(connection)[:_MOST]
    column = _NAMES.get(operator)
    if column is None:
        return ()
    names = select(column).order_by(column).limit(_MOST)
    return tuple(connection.execute(names).scalars())
