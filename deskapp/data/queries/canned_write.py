"""Changes to canned replies. Each function runs inside one write."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from deskapp.domain.ids import AgentId, CannedId, DraftId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions, OutgoingFile
from deskapp.domain.snoozing import wish_written

from ..database import Unit
from ..tables.replies import canned_file, canned_reply, canned_text, canned_use
from .canned import Texts
from .writes import insert_row, unique, update_seen

_LONGEST_KEY = 180  # leaves room for what ``archive_canned`` adds


def insert_canned(
    unit: Unit, values: Mapping[str, object], texts: Texts, files: Sequence[OutgoingFile] = ()
) -> CannedId:
    """Raises Problem(DUPLICATE) for a name that is taken."""
    with unique("canned", str(values["name"])):
        made = CannedId(insert_row(unit.connection, canned_reply, _fitted(values)))
    _write_texts(unit, made, texts)
    _write_files(unit, made, files)
    return made


def update_canned(
    unit: Unit,
    one: CannedId,
    values: Mapping[str, object],
    texts: Texts,
    version: int,
    files: Sequence[OutgoingFile] = (),
) -> None:
    """Raises Problem DUPLICATE, NOT_FOUND or CHANGED_MEANWHILE."""
    with unique("canned", str(values["name"])):
        update_seen(unit.connection, canned_reply, one, version, _fitted(values), what="canned")
    unit.connection.execute(delete(canned_text).where(canned_text.c.canned_id == one))
    unit.connection.execute(delete(canned_file).where(canned_file.c.canned_id == one))
    _write_texts(unit, one, texts)
    _write_files(unit, one, files)


def archive_canned(unit: Unit, one: CannedId, at: datetime) -> None:
    """Takes it out of the lists and frees its name. Raises Problem(NOT_FOUND)."""
    done = unit.connection.execute(
        update(canned_reply)
        .where(canned_reply.c.id == one, canned_reply.c.archived_at.is_(None))
        .values(
            archived_at=at,
            # No folded name has a '#', so this takes nobody's place.
            name_key=canned_reply.c.name_key + f" #{one}",
            version=canned_reply.c.version + 1,
        )
    )
    if not done.rowcount:
        raise Problem(ProblemKind.NOT_FOUND, what="canned", id=one)
    unit.touched.areas.add("canned")


def restore_canned(unit: Unit, one: CannedId, key: str) -> None:
    """Undoes ``archive_canned``. Raises Problem NOT_FOUND, or DUPLICATE for a name taken since."""
    with unique("canned", key):
        done = unit.connection.execute(
            update(canned_reply)
            .where(canned_reply.c.id == one, canned_reply.c.archived_at.is_not(None))
            .values(
                archived_at=None,
                name_key=key[:_LONGEST_KEY],
                version=canned_reply.c.version + 1,
            )
        )
    if not done.rowcount:
        raise Problem(ProblemKind.NOT_FOUND, what="canned", id=one)
    unit.touched.areas.add("canned")


def count_use(
    unit: Unit,
    one: CannedId,
    ticket: TicketId | None,
    by: AgentId | None,
    at: datetime,
    language: str = "",
    draft: DraftId | None = None,
    text: str | None = None,
) -> int:
    """Notes that it was put into a reply; the id of the note. ``text``: what came into ``draft``,
    which is compared with it when it is sent."""
    values = {"canned_id": one, "ticket_id": ticket, "agent_id": by, "at": at}
    made = insert_row(
        unit.connection,
        canned_use,
        {**values, "language": language, "draft_id": draft, "text": text},
    )
    unit.touched.areas.add("canned")
    return made


def count_sent(unit: Unit, uses: Iterable[tuple[int, bool]]) -> None:
    """Notes of each use whether its text was edited before the reply left."""
    for use, edited in uses:
        unit.connection.execute(
            update(canned_use).where(canned_use.c.id == use).values(edited=edited)
        )
        unit.touched.areas.add("canned")


def judge_uses(unit: Unit, draft: DraftId, body: str) -> None:
    """Notes of all that was put into a draft whether it is sent as it was: spaces are no edit."""
    whole = " ".join(body.split())
    there = select(canned_use.c.id, canned_use.c.text).where(
        canned_use.c.draft_id == draft, canned_use.c.text.is_not(None)
    )
    uses = unit.connection.execute(there).all()
    count_sent(unit, [(use.id, " ".join(use.text.split()) not in whole) for use in uses])


def place_uses(unit: Unit, uses: Collection[int], draft: DraftId | None) -> None:
    """Those uses now stand in this draft, or in none: what was taken out again is not sent."""
    if uses:
        unit.connection.execute(
            update(canned_use).where(canned_use.c.id.in_(sorted(uses))).values(draft_id=draft)
        )


def stored_actions(actions: CannedActions) -> str:
    """As the column holds them; "{}" for a reply that only is a text."""
    told = {
        "status": actions.status,
        "to_me": actions.to_me,
        "assignee": actions.assignee,
        "add_tags": list(actions.add_tags),
        "remove_tags": list(actions.remove_tags),
        "snooze": wish_written(actions.snooze),
    }
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)


def _fitted(values: Mapping[str, object]) -> dict[str, object]:
    return {**values, "name_key": str(values["name_key"])[:_LONGEST_KEY]}


def _write_texts(unit: Unit, one: CannedId, texts: Texts) -> None:
    unit.connection.execute(
        insert(canned_text),
        [{"canned_id": one, "language": language, "body": body} for language, body in texts],
    )
    unit.touched.areas.add("canned")


def _write_files(unit: Unit, one: CannedId, files: Sequence[OutgoingFile]) -> None:
    if not files:
        return
    rows = [
        {
            "canned_id": one,
            "filename": file.filename,
            "content_type": file.content_type,
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in files
    ]
    unit.connection.execute(insert(canned_file), rows)
