"""What writes the audit: whether it is as it was made, and how a whole desk is copied past it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from deskapp.domain.audit import AuditFault, AuditFinding

from ..audited import RULES, Rule
from ..migrations.first.audit import FUNCTIONS, TABLES, TOLD

_OWN = {
    ("audit", "audit_stays"),
    ("audit", "audit_by_trigger"),
    ("audit", "audit_sealed"),
    ("audit_seal", "audit_stays"),
    ("audit_seal", "audit_by_trigger"),
}
_PEOPLE = "(new.agent_id IS NOT NULL)"


@contextmanager
def unaudited(connection: Connection) -> Iterator[None]:
    """While a whole desk is copied into this one: its audit comes with it, sealed already.

    Only the owner of the tables can; every other transaction waits for the end of this one.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    for table, name in _all_triggers():
        connection.execute(text(f'ALTER TABLE "{table}" DISABLE TRIGGER {name}'))
    for table in TABLES:
        connection.execute(text(f"DELETE FROM {table}"))  # of how this desk was made
    yield
    switch_on(connection)


def switch_on(connection: Connection) -> None:
    """The audit goes on after all triggers were off, also where a session says it only replays."""
    for table, name in _all_triggers():
        connection.execute(text(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}'))


def trigger_faults(connection: Connection) -> Iterator[AuditFinding]:
    """Triggers and functions that are off, gone, or other than the migration made them."""
    bodies = {**FUNCTIONS, "audit_told": TOLD}
    asked = text(
        "SELECT proname, prosrc, prosecdef FROM pg_proc WHERE proname = ANY (:names) "
        "AND pronamespace = current_schema()::regnamespace"
    )
    found = {
        row.proname: (row.prosrc, row.prosecdef)
        for row in connection.execute(asked, {"names": list(bodies)})
    }
    for name, body in bodies.items():
        if found.get(name) != (body, name != "audit_told"):
            yield AuditFinding(AuditFault.TRIGGER, name)
    there = _triggers_there(connection)
    for table, name in sorted(_OWN):
        if there.get((table, name), ("",))[0] != "A":
            yield AuditFinding(AuditFault.TRIGGER, f"{table} {name}")
    for rule in RULES:
        for verb in rule.verbs:
            name = f"audit_{verb.lower()}"
            if there.get((rule.name, name)) != _as_made(rule, verb):
                yield AuditFinding(AuditFault.TRIGGER, f"{rule.name} {name}")


_There = tuple[str, str, tuple[str, ...], frozenset[str], str]


def _triggers_there(connection: Connection) -> dict[tuple[str, str], _There]:
    """By table and name: switched how, its function, arguments, columns, condition."""
    asked = text(
        "SELECT c.relname, t.tgname, t.tgenabled::text AS enabled, p.proname, t.tgargs, "
        "coalesce(substring(pg_get_triggerdef(t.oid) FROM ' WHEN \\((.*)\\) EXECUTE '), '') "
        "AS condition, ARRAY(SELECT a.attname::text FROM pg_attribute a "
        "WHERE a.attrelid = c.oid AND a.attnum = ANY (t.tgattr)) AS columns "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgname LIKE 'audit%' AND NOT t.tgisinternal "
        "AND c.relnamespace = current_schema()::regnamespace"
    )
    return {
        (row.relname, row.tgname): (
            row.enabled,
            row.proname,
            tuple(bytes(row.tgargs).decode().split("\0")[:-1]),
            frozenset(row.columns),
            row.condition,
        )
        for row in connection.execute(asked)
    }


def _as_made(rule: Rule, verb: str) -> _There:
    told = (rule.key, rule.columns, rule.hashed, rule.kept_back)
    columns = frozenset((*rule.key, *rule.watched)) if verb == "UPDATE" else frozenset[str]()
    condition = _PEOPLE if rule.by_people and verb == "INSERT" else ""
    return ("A", "audit_row", tuple(",".join(names) for names in told), columns, condition)


def _all_triggers() -> list[tuple[str, str]]:
    of_rules = [(rule.name, f"audit_{verb.lower()}") for rule in RULES for verb in rule.verbs]
    assert {table for table, _name in _OWN} == set(TABLES)
    return [*sorted(_OWN), *of_rules]
