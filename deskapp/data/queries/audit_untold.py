"""Whether the rows that the audit tells of stand as it told them last."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, text

from deskapp.domain.audit import AuditFault, AuditFinding, AuditRow, Sealed
from deskapp.domain.identity import OWNER

from ..audited import RULES, Rule

_Values = dict[str, Any]
_WHOLE = {rule.name: rule for rule in RULES if rule.whole}


def untold_rows(connection: Connection, chain: Iterable[Sealed]) -> Iterator[AuditFinding]:
    """Rows that were changed, added or removed past the triggers.

    Where the audit does not begin with the desk itself, rows it never told of may have come from
    another database, and are left alone.
    """
    told: dict[str, dict[str, _Values | None]] = {name: {} for name in _WHOLE}
    from_the_beginning = False
    for link in chain:
        if link.row is None:
            continue
        if link.number == 1:
            from_the_beginning = (link.row.told_of, link.row.verb) == ("desk_info", "INSERT")
        if link.row.told_of in told:
            _tell(told[link.row.told_of], _WHOLE[link.row.told_of], link.row)
    hidden = _hidden(connection, told)
    for name, rule in _WHOLE.items():
        seen = {key: one for key, one in told[name].items() if (name, key) not in hidden}
        yield from _compared(connection, rule, seen, from_the_beginning)


def _hidden(
    connection: Connection, told: dict[str, dict[str, _Values | None]]
) -> set[tuple[str, str]]:
    """Others' own canned replies: a team desk shows them to nobody else but its owner, so that a
    lead cannot look whether they stand as they were told."""
    role, me = connection.execute(text("SELECT desk_role(), desk_agent()")).one()
    if role == OWNER:
        return set()
    whose = told["canned_reply"]
    others = {key for key, one in whose.items() if one and one.get("agent_id") not in (None, me)}
    parts = {
        (name, key)
        for name in ("canned_text", "canned_file")
        for key, one in told[name].items()
        if one and str(one.get("canned_id")) in others
    }
    return parts | {("canned_reply", key) for key in others}


def _tell(rows: dict[str, _Values | None], rule: Rule, row: AuditRow) -> None:
    if row.verb == "DELETE":
        rows[row.row_key] = None
        return
    try:
        old, new = json.loads(row.old), json.loads(row.new)
    except ValueError:
        return  # its seal does not fit: found already
    before = rows.get(row.row_key)
    if row.verb == "UPDATE" and any(name in old for name in rule.key):
        former = ",".join(str(old.get(name, new.get(name, ""))) for name in rule.key)
        before, rows[former] = rows.get(former), None
    rows[row.row_key] = {**(before or {}), **new}


def _compared(
    connection: Connection, rule: Rule, told: dict[str, _Values | None], all_told: bool
) -> Iterator[AuditFinding]:
    key = " || ',' || ".join(f'one."{name}"::text' for name in rule.key)
    asked = text(
        f"SELECT {key} AS row_key, audit_told(to_jsonb(one), :plain, :hashed, '{{}}') AS now "
        f'FROM "{rule.name}" AS one ORDER BY 1'
    )
    wanted = {"plain": list(rule.columns), "hashed": list(rule.hashed)}
    left = {key for key, values in told.items() if values is not None}
    for row in connection.execute(asked, wanted):
        left.discard(row.row_key)
        values = told.get(row.row_key, _NOTHING)
        if values is _NOTHING and not all_told:
            continue
        if not values or any(
            row.now.get(name) != values[name] for name in values if name in row.now
        ):
            yield AuditFinding(AuditFault.UNTOLD, f"{rule.name} {row.row_key}")
    for one in sorted(left):
        yield AuditFinding(AuditFault.UNTOLD, f"{rule.name} {one}")


_NOTHING: _Values = {}
