"""Canned replies by name, for who may use them: an agent's own stand beside the team's.

One agent's name takes nobody else's place, so ``name_key`` in the table also says whose it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select, update

from deskapp.domain.canned_names import renamed_include
from deskapp.domain.ids import AgentId, CannedId
from deskapp.domain.naming import name_key
from deskapp.domain.replies import Includers

from ..database import Unit
from ..tables.replies import canned_reply, canned_text
from .canned import Texts
from .parts import parts

_LONGEST = 160  # of 200 in the table; whose it is and that it is archived is added


def stored_key(name: str, owner: AgentId | None) -> str:
    """What no two replies of one owner share. No folded name has a '@'."""
    key = name_key(name)[:_LONGEST]
    return key if owner is None else f"{key} @{owner}"


def canned_named(connection: Connection, name: str, by: AgentId | None) -> CannedId | None:
    """The reply of a name that ``by`` may use, their own before the team's."""
    whose = [by, None] if by is not None else [None]
    for owner in whose:
        statement = select(canned_reply.c.id).where(
            canned_reply.c.name_key == stored_key(name, owner)
        )
        found = connection.execute(statement).scalar()
        if found is not None:
            return CannedId(found)
    return None


Coming = Mapping[tuple[str, AgentId | None], Texts]
"""Texts that are about to be kept, by ``name_key`` and owner."""


def texts_named(
    connection: Connection, names: Iterable[str], by: AgentId | None, coming: Coming | None = None
) -> Mapping[str, Texts]:
    """The texts of replies by ``name_key``, of those that ``by`` may use: own before the team's.

    None is the team: nobody's own is found. ``coming`` stand as if they were kept already.
    """
    wanted = {name_key(name): name for name in names}
    team = {stored_key(name, None): key for key, name in wanted.items()}
    own = {stored_key(name, by): key for key, name in wanted.items()} if by is not None else {}
    found = _texts(connection, [*team, *own])
    told: dict[str, Texts] = {}
    for whose, keys in ((None, team), (by, own)):
        told |= {key: found[stored] for stored, key in keys.items() if stored in found}
        told |= {
            key: texts
            for (key, of), texts in (coming or {}).items()
            if of == whose and key in keys.values()
        }
    return told


def _texts(connection: Connection, keys: Iterable[str]) -> dict[str, Texts]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in parts(list(keys)):
        statement = (
            select(canned_reply.c.name_key, canned_text.c.language, canned_text.c.body)
            .join(canned_text, canned_text.c.canned_id == canned_reply.c.id)
            .where(canned_reply.c.name_key.in_(part))
            .order_by(canned_text.c.id)
        )
        for key, language, body in connection.execute(statement):
            found[key].append((language, body))
    return {key: tuple(texts) for key, texts in found.items()}


def includers(
    connection: Connection, name: str, owner: AgentId | None, by: AgentId | None
) -> Includers:
    """The replies that include the one of a name and owner, as ``by`` may know them."""
    rows = _including(connection, name, owner)
    return Includers(
        tuple(dict.fromkeys(row[1] for row in rows if row[2] is None)),
        tuple(dict.fromkeys(row[1] for row in rows if row[2] is not None and row[2] == by)),
        len({row[0] for row in rows if row[2] not in (None, by)}),
    )


def follow_rename(unit: Unit, old: str, new: str, owner: AgentId | None) -> None:
    """Writes the new name where texts include a reply by its old one."""
    changed = set()
    for canned, _, _, text, body in _including(unit.connection, old, owner):
        unit.connection.execute(
            update(canned_text)
            .where(canned_text.c.id == text)
            .values(body=renamed_include(body, old, new))
        )
        changed.add(canned)
    for part in parts(sorted(changed)):
        unit.connection.execute(
            update(canned_reply)
            .where(canned_reply.c.id.in_(part))
            .values(version=canned_reply.c.version + 1)
        )


def _including(
    connection: Connection, name: str, owner: AgentId | None
) -> list[tuple[int, str, AgentId | None, int, str]]:
    """(reply, its name, its owner, text, body) of what includes the reply of a name.

    An agent's own is included by their own alone; the team's by everybody, save those who have one
    of that name themselves.
    """
    statement = (
        select(
            canned_reply.c.id,
            canned_reply.c.name,
            canned_reply.c.agent_id,
            canned_text.c.id,
            canned_text.c.body,
        )
        .join(canned_text, canned_text.c.canned_id == canned_reply.c.id)
        .where(canned_reply.c.archived_at.is_(None), canned_text.c.body.contains("include"))
        .order_by(canned_reply.c.name_key, canned_text.c.id)
    )
    if owner is not None:
        statement = statement.where(canned_reply.c.agent_id == owner)
    rows = [tuple(row) for row in connection.execute(statement)]
    rows = [row for row in rows if renamed_include(row[4], name, "\0") != row[4]]
    agents = {row[2] for row in rows if row[2] is not None}
    theirs = {agent for agent in agents if owner is None and _has(connection, name, agent)}
    return [row for row in rows if row[2] not in theirs]


def _has(connection: Connection, name: str, agent: AgentId) -> bool:
    statement = select(func.count()).where(canned_reply.c.name_key == stored_key(name, agent))
    return bool(connection.execute(statement).scalar_one())
