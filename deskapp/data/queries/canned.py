"""Canned replies with their texts, and how often each was used."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from deskapp.domain.ids import CannedId
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply, CannedRow

from ..tables.replies import canned_reply, canned_text, canned_use
from .parts import parts

_PREVIEW = 160

Texts = tuple[tuple[str, str], ...]
"""(language, Liquid text), in the order the person gave them."""


def canned_replies(connection: Connection) -> tuple[tuple[CannedRow, Texts], ...]:
    """All that are not archived: the most used first, then by name."""
    counted = select(canned_use.c.canned_id, func.count()).group_by(canned_use.c.canned_id)
    uses = {row[0]: row[1] for row in connection.execute(counted)}
    statement = select(canned_reply).where(canned_reply.c.archived_at.is_(None))
    found = connection.execute(statement.order_by(canned_reply.c.name_key)).all()
    texts = _texts(connection, [row.id for row in found])
    rows = [
        (
            CannedRow(
                id=CannedId(row.id),
                name=row.name,
                folder=row.folder,
                languages=tuple(language for language, _ in texts[row.id]),
                preview=one_line(texts[row.id][0][1] if texts[row.id] else "", _PREVIEW),
                uses=uses.get(row.id, 0),
                version=row.version,
            ),
            texts[row.id],
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda pair: -pair[0].uses))


def canned_whole(connection: Connection, one: CannedId) -> CannedReply:
    """A canned reply with all its texts, also an archived one. Raises Problem(NOT_FOUND)."""
    row = connection.execute(select(canned_reply).where(canned_reply.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="canned", id=one)
    texts = _texts(connection, [one])[one]
    return CannedReply(one, row.name, row.folder, texts, row.version)


def canned_named(connection: Connection, name_key: str) -> CannedId | None:
    """The canned reply of a name, by its key; an archived one has given its name up."""
    found = connection.execute(
        select(canned_reply.c.id).where(canned_reply.c.name_key == name_key)
    ).scalar()
    return None if found is None else CannedId(found)


def texts_by_name(connection: Connection) -> dict[str, Texts]:
    """The texts of every canned reply that is not archived, by its ``name_key``."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    statement = (
        select(canned_reply.c.name_key, canned_text.c.language, canned_text.c.body)
        .join(canned_text, canned_text.c.canned_id == canned_reply.c.id)
        .where(canned_reply.c.archived_at.is_(None))
        .order_by(canned_text.c.id)
    )
    for key, language, body in connection.execute(statement):
        found[key].append((language, body))
    return {key: tuple(texts) for key, texts in found.items()}


def _texts(connection: Connection, ids: Iterable[int]) -> dict[int, Texts]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    wanted = list(ids)
    for part in parts(wanted):
        statement = select(canned_text).where(canned_text.c.canned_id.in_(part))
        for row in connection.execute(statement.order_by(canned_text.c.id)):
            found[row.canned_id].append((row.language, row.body))
    return {one: tuple(found[one]) for one in wanted}
