"""Drafts: what somebody is writing, kept from the first second."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from deskapp.domain.draft_joining import add_below
from deskapp.domain.ids import AgentId, ApprovalId, BlobHash, DraftId, MessageId, OrderId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.plain import storable
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft, OutgoingFile

from ..database import Unit
from ..tables.columns import AnyRow
from ..tables.orders import shop_order
from ..tables.replies import draft, draft_attachment
from .filing import heirs_of, lock_tickets
from .ticket_moves import goes_back_with

ONE_EACH = ("reply", "note")
"""The kinds of drafts of which an agent has one open on a ticket."""


def open_draft(
    connection: Connection, ticket: TicketId, by: AgentId | None, kind: str
) -> Draft | None:
    """The agent's own open draft on a ticket. Each person has one; nobody overwrites another's."""
    condition = (draft.c.ticket_id == ticket) & (draft.c.kind == kind) & _of(by)
    statement = select(draft).where(condition, draft.c.closed_at.is_(None))
    row = connection.execute(statement.order_by(draft.c.id.desc()).limit(1)).first()
    return None if row is None else _draft(connection, row)


def aside(connection: Connection, ticket: TicketId, by: AgentId | None) -> tuple[Draft, ...]:
    """Replies of the agent on a ticket that are open beside the one ``open_draft`` gives, with any
    text: taken back by a colleague, or brought along by a merge. The oldest first."""
    condition = (draft.c.ticket_id == ticket) & (draft.c.kind == "reply") & _of(by)
    statement = select(draft).where(condition, draft.c.closed_at.is_(None))
    rows = connection.execute(statement.order_by(draft.c.id)).all()
    found = (_draft(connection, row) for row in rows[:-1])
    return tuple(one for one in found if one.body.strip() or one.files)


def _of(by: AgentId | None) -> ColumnElement[bool]:
    return draft.c.agent_id.is_(None) if by is None else draft.c.agent_id == by


def read_draft(connection: Connection, one: DraftId) -> Draft:
    """A draft by id. ``Problem(NOT_FOUND)`` if there is none."""
    row = connection.execute(select(draft).where(draft.c.id == one)).first()
    if row is None:
        raise Problem(ProblemKind.NOT_FOUND, what="draft", value=one)
    return _draft(connection, row)


def ended_draft(connection: Connection, one: DraftId) -> Draft | None:
    """A draft by id if it was sent or discarded."""
    ended = (draft.c.id == one) & draft.c.closed_at.is_not(None)
    row = connection.execute(select(draft).where(ended)).first()
    return None if row is None else _draft(connection, row)


def _draft(connection: Connection, row: AnyRow) -> Draft:
    people = json.loads(row.recipients)
    files = connection.execute(
        select(draft_attachment)
        .where(draft_attachment.c.draft_id == row.id)
        .order_by(draft_attachment.c.id)
    )
    return Draft(
        id=DraftId(row.id),
        ticket_id=TicketId(row.ticket_id),
        agent_id=None if row.agent_id is None else AgentId(row.agent_id),
        kind=row.kind,
        to=_addresses(people.get("to", ())),
        cc=_addresses(people.get("cc", ())),
        bcc=_addresses(people.get("bcc", ())),
        body=row.body,
        quote=row.quote,
        caret=row.caret,
        base=None if row.base_message_id is None else MessageId(row.base_message_id),
        files=tuple(
            OutgoingFile(
                file.filename,
                file.content_type,
                file.size,
                BlobHash(file.sha256),
                file.content_id,
            )
            for file in files
        ),
        updated_at=row.updated_at,
        version=row.version,
        html=row.html,
        plain=row.plain,
        quote_all=row.quote_all,
        signature=row.signature,
        status=TicketStatus(row.send_status) if row.send_status else None,
        seen_event=row.base_event_id,
        forwards=None if row.forwards_id is None else MessageId(row.forwards_id),
        side=None if row.side_id is None else MessageId(row.side_id),
        sender=row.sender,
        leave_at=row.leave_at,
        unless_answered=row.unless_answered,
        order=_known_order(connection, row.order_id),
        reviews=None if row.approval_id is None else ApprovalId(row.approval_id),
    )


def _known_order(connection: Connection, one: int | None) -> OrderId | None:
    """The order that was picked, unless it has been erased since."""
    if one is None:
        return None
    found = connection.execute(select(shop_order.c.id).where(shop_order.c.id == one)).scalar()
    return None if found is None else OrderId(found)


def _addresses(stored: Sequence[Sequence[str]]) -> tuple[Address, ...]:
    return tuple(Address(name, address) for name, address in stored)


def _columns(one: Draft, at: datetime) -> dict[str, Any]:
    people = {
        role: [[person.name, person.address] for person in listed]
        for role, listed in (("to", one.to), ("cc", one.cc), ("bcc", one.bcc))
    }
    return {
        "recipients": storable(json.dumps(people, ensure_ascii=False)),
        "body": storable(one.body),
        "html": storable(one.html),
        "plain": one.plain,
        "quote": one.quote,
        "quote_all": one.quote_all,
        "signature": None if one.signature is None else storable(one.signature),
        "sender": storable(one.sender)[:320],
        "leave_at": one.leave_at,
        "unless_answered": one.unless_answered,
        "caret": one.caret,
        "send_status": one.status or "",
        "base_message_id": one.base,
        "base_event_id": one.seen_event,
        "forwards_id": one.forwards,
        "side_id": one.side,
        "order_id": one.order,
        "approval_id": one.reviews,
        "updated_at": at,
    }


def refuse_second(unit: Unit, one: Draft) -> None:
    """``Problem(CHANGED_MEANWHILE)`` for a draft that is begun where its writer has one open, in
    another program of theirs: of two open ones the older would not be seen."""
    if one.id is not None or one.kind not in ONE_EACH:
        return
    lock_tickets(unit.connection, {one.ticket_id})
    there = open_draft(unit.connection, one.ticket_id, one.agent_id, one.kind)
    if there is not None:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="draft", value=there.id)


def save_draft(unit: Unit, one: Draft, at: datetime) -> DraftId:
    """Stores a draft. A save over somebody's newer save is ``Problem(CHANGED_MEANWHILE)``."""
    unit.touched.areas.add("drafts")
    if one.id is None:
        # Begun on a ticket that was merged away meanwhile, it is kept where that lives on.
        heirs = heirs_of(unit.connection, {one.ticket_id})
        made: int = unit.connection.execute(
            insert(draft)
            .values(ticket_id=heirs[one.ticket_id], agent_id=one.agent_id, kind=one.kind)
            .values(_columns(one, at))
            .returning(draft.c.id)
        ).scalar_one()
        if heirs[one.ticket_id] != one.ticket_id:
            goes_back_with(unit, one.ticket_id, made)
        _write_files(unit, DraftId(made), one.files)
        return DraftId(made)
    saved = unit.connection.execute(
        update(draft)
        .where(draft.c.id == one.id, draft.c.version == one.version)
        .where(draft.c.closed_at.is_(None))
        .values(_columns(one, at))
        .values(version=draft.c.version + 1)
    )
    if not saved.rowcount:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="draft", value=one.id)
    _write_files(unit, one.id, one.files)
    return one.id


def _write_files(unit: Unit, one: DraftId, files: Sequence[OutgoingFile]) -> None:
    connection = unit.connection
    connection.execute(delete(draft_attachment).where(draft_attachment.c.draft_id == one))
    if files:
        rows = [
            {
                "draft_id": one,
                "filename": file.filename,
                "content_type": file.content_type,
                "size": file.size,
                "sha256": file.sha256,
                "content_id": file.content_id,
            }
            for file in files
        ]
        connection.execute(insert(draft_attachment), rows)


def close_draft(unit: Unit, one: DraftId, at: datetime) -> bool:
    """Ends a draft that was sent or discarded on purpose; its text stays in the table.

    False when it has ended already: what was sent must not be sent again.
    """
    ended = unit.connection.execute(
        update(draft).where(draft.c.id == one, draft.c.closed_at.is_(None)).values(closed_at=at)
    )
    unit.touched.areas.add("drafts")
    return ended.rowcount == 1


def reopen_draft(unit: Unit, one: DraftId) -> None:
    """Brings a draft back whose reply was taken back."""
    unit.connection.execute(
        update(draft).where(draft.c.id == one).values(closed_at=None, version=draft.c.version + 1)
    )
    unit.touched.areas.add("drafts")


def give_back(
    unit: Unit, one: DraftId, at: datetime, by: AgentId | None, *, join: bool = False
) -> DraftId:
    """Opens a draft again whose reply was taken back by ``by``; which draft holds it then.

    What its writer has begun since stays as it is when somebody else takes the reply back: nobody
    writes into another's draft. Both are open then, and ``aside`` names the older one to its
    writer. The writer themselves gets both in one with ``join``; without it their own window does
    that, with the letters it has not saved.
    """
    back = read_draft(unit.connection, one)
    own = by is not None and by == back.agent_id
    since = _open_now(unit.connection, back) if join or not own else None
    if since is None or since.id is None:
        reopen_draft(unit, one)
        return one
    if not since.body.strip() and not since.files:
        close_draft(unit, since.id, at)
        reopen_draft(unit, one)
        return one
    if not own:
        reopen_draft(unit, one)
        return one
    both = add_below(replace(back, caret=0), since.body, since.html)
    joined = replace(
        since,
        body=both.body,
        html=both.html,
        caret=both.caret,
        files=(*back.files, *since.files),
    )
    return save_draft(unit, joined, at)


def open_with_since(unit: Unit, one: DraftId, at: datetime) -> None:
    """Opens a closed draft again; what its writer has begun since stands below it, in this one."""
    back = read_draft(unit.connection, one)
    since = _open_now(unit.connection, back)
    reopen_draft(unit, one)
    if since is None or since.id is None or since.id == one:
        return
    close_draft(unit, since.id, at)
    if since.body.strip() or since.files:
        both = add_below(replace(back, caret=0), since.body, since.html)
        files = (*back.files, *since.files)
        save_draft(unit, replace(both, version=back.version + 1, files=files), at)


def _open_now(connection: Connection, one: Draft) -> Draft | None:
    return open_draft(connection, one.ticket_id, one.agent_id, one.kind)
