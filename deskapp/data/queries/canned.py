"""Canned replies with their texts, and how often each was used."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, exists, func, select

from deskapp.domain.canned_rank import Use
from deskapp.domain.ids import AgentId, BlobHash, CannedId, MailboxId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions, CannedReply, CannedRow, OutgoingFile
from deskapp.domain.snoozing import wish_read

from ..tables.columns import AnyRow
from ..tables.replies import canned_file, canned_reply, canned_text, canned_use
from ..tables.tickets import ticket, ticket_tag
from .parts import parts

_PREVIEW = 160

Texts = tuple[tuple[str, str], ...]
"""(language, Liquid text), in the order the person gave them."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Of one reply: how often put in, sent after that, edited before; and when put in last."""

    times: int = 0
    sent: int = 0
    edited: int = 0
    last: datetime | None = None


def replies_stamp(connection: Connection) -> tuple[int, int]:
    """Changes with every change to any canned reply: versions only grow and no row goes."""
    count, versions = connection.execute(
        select(func.count(), func.coalesce(func.sum(canned_reply.c.version), 0))
    ).one()
    return int(count), int(versions)


def uses_stamp(connection: Connection) -> int:
    """The newest use there is."""
    return int(connection.execute(select(func.coalesce(func.max(canned_use.c.id), 0))).scalar_one())


def canned_versions(connection: Connection) -> dict[CannedId, int]:
    """The versions of all that are not archived, whosever they are, by name."""
    statement = select(canned_reply.c.id, canned_reply.c.version)
    statement = statement.where(canned_reply.c.archived_at.is_(None))
    found = connection.execute(statement.order_by(canned_reply.c.name_key, canned_reply.c.id))
    return {CannedId(one): version for one, version in found}


def canned_replies(
    connection: Connection, wanted: Iterable[CannedId]
) -> Iterator[tuple[CannedRow, Texts]]:
    """Some of them with their texts; their uses are not counted here."""
    for part in parts(wanted):
        found = connection.execute(select(canned_reply).where(canned_reply.c.id.in_(part))).all()
        texts, files = _texts(connection, part), _files(connection, part)
        for row in found:
            yield _row(row, texts[row.id], len(files[row.id])), texts[row.id]


def _row(row: AnyRow, texts: Texts, files: int) -> CannedRow:
    return CannedRow(
        id=CannedId(row.id),
        name=row.name,
        folder=row.folder,
        languages=tuple(language for language, _ in texts),
        preview=one_line(texts[0][1] if texts else "", _PREVIEW),
        uses=0,
        version=row.version,
        owner=None if row.agent_id is None else AgentId(row.agent_id),
        mailbox_id=None if row.mailbox_id is None else MailboxId(row.mailbox_id),
        acts=row.actions != "{}",
        files=files,
        changed_at=row.updated_at,
    )


def canned_uses(connection: Connection) -> dict[CannedId, Uses]:
    """The uses of every reply that has any."""
    edited = func.sum(case((canned_use.c.edited.is_(True), 1), else_=0))
    statement = select(
        canned_use.c.canned_id,
        func.count(),
        func.count(canned_use.c.edited),
        edited,
        func.max(canned_use.c.at),
    ).group_by(canned_use.c.canned_id)
    return {
        CannedId(row[0]): Uses(row[1], row[2], int(row[3]), row[4])
        for row in connection.execute(statement)
    }


def uses_like(connection: Connection, one: TicketId, since: datetime) -> dict[CannedId, Use]:
    """How often each was used since then: in all, and on tickets that are like this one."""
    like = connection.execute(
        select(ticket.c.mailbox_id, ticket.c.language).where(ticket.c.id == one)
    ).first()
    if like is None:
        return {}
    tags = select(ticket_tag.c.tag_id).where(ticket_tag.c.ticket_id == one)
    tagged = exists().where(ticket_tag.c.ticket_id == ticket.c.id, ticket_tag.c.tag_id.in_(tags))
    statement = (
        select(
            canned_use.c.canned_id,
            func.count(),
            _counted(ticket.c.mailbox_id == like.mailbox_id),
            _counted((ticket.c.language == like.language) & (ticket.c.language != "")),
            _counted(tagged),
        )
        .outerjoin(ticket, ticket.c.id == canned_use.c.ticket_id)
        .where(canned_use.c.at >= since)
        .group_by(canned_use.c.canned_id)
    )
    return {
        CannedId(row[0]): Use(row[1], int(row[2]), int(row[3]), int(row[4]))
        for row in connection.execute(statement)
    }


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def canned_whole(connection: Connection, one: CannedId) -> CannedReply:
    """A canned reply with all its texts, also an archived one. Raises Problem(NOT_FOUND)."""
    row = connection.execute(select(canned_reply).where(canned_reply.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="canned", id=one)
    return CannedReply(
        id=one,
        name=row.name,
        folder=row.folder,
        texts=_texts(connection, [one])[one],
        version=row.version,
        owner=None if row.agent_id is None else AgentId(row.agent_id),
        mailbox_id=None if row.mailbox_id is None else MailboxId(row.mailbox_id),
        actions=_actions(row.actions),
        files=_files(connection, [one])[one],
    )


def _actions(stored: str) -> CannedActions:
    told = json.loads(stored)
    return CannedActions(
        status=TicketStatus(told["status"]) if told.get("status") else None,
        to_me=bool(told.get("to_me")),
        assignee=AgentId(told["assignee"]) if told.get("assignee") else None,
        add_tags=tuple(told.get("add_tags", ())),
        remove_tags=tuple(told.get("remove_tags", ())),
        snooze=wish_read(told.get("snooze", "")),
    )


def _texts(connection: Connection, ids: Iterable[int]) -> dict[int, Texts]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    wanted = list(ids)
    for part in parts(wanted):
        statement = select(canned_text).where(canned_text.c.canned_id.in_(part))
        for row in connection.execute(statement.order_by(canned_text.c.id)):
            found[row.canned_id].append((row.language, row.body))
    return {one: tuple(found[one]) for one in wanted}


def _files(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[OutgoingFile, ...]]:
    found: dict[int, list[OutgoingFile]] = defaultdict(list)
    wanted = list(ids)
    for part in parts(wanted):
        statement = select(canned_file).where(canned_file.c.canned_id.in_(part))
        for row in connection.execute(statement.order_by(canned_file.c.id)):
            file = OutgoingFile(row.filename, row.content_type, row.size, BlobHash(row.sha256))
            found[row.canned_id].append(file)
    return {one: tuple(found[one]) for one in wanted}
