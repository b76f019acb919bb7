"""The statements that put the matrix of ``rights`` into a PostgreSQL database.

Run again after every change of the schema: all rights are taken away first and then given, in one
transaction, so that what the matrix does not name nobody has.
"""

from collections.abc import Iterable, Iterator, Mapping

from .rights import EVERYBODY, READ_ONLY, RIGHTS
from .row_rules import ROW_RULES, RowRule

VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE")
POLICY = "desk_"
"""What the name of each policy of ours begins with."""


# What was granted to a login by itself is no right of a role.
_STRANGERS = """DO $do$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT DISTINCT held.place, held.sort, r.rolname FROM (
            SELECT c.oid::regclass::text AS place, (aclexplode(c.relacl)).grantee,
                CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS sort
            FROM pg_class c WHERE c.relkind IN ('r', 'S', 'v')
                AND c.relnamespace = '{schema}'::regnamespace
            UNION ALL
            SELECT c.oid::regclass::text, (aclexplode(a.attacl)).grantee, 'TABLE'
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = '{schema}'::regnamespace
            UNION ALL
            SELECT p.oid::regprocedure::text, (aclexplode(p.proacl)).grantee, 'FUNCTION'
            FROM pg_proc p WHERE p.pronamespace = '{schema}'::regnamespace
            UNION ALL
            SELECT '{schema}', (aclexplode(n.nspacl)).grantee, 'SCHEMA'
            FROM pg_namespace n WHERE n.oid = '{schema}'::regnamespace
        ) held JOIN pg_roles r ON r.oid = held.grantee
        WHERE r.rolname <> 'pg_database_owner'
            AND r.oid <> (SELECT relowner FROM pg_class WHERE oid = '{schema}.agent'::regclass)
            AND r.oid <> (SELECT nspowner FROM pg_namespace WHERE oid = '{schema}'::regnamespace)
    LOOP
        EXECUTE format('REVOKE ALL ON %s %s FROM %I', one.sort, one.place, one.rolname);
    END LOOP;
END $do$"""


def groups(prefix: str) -> dict[str, str]:
    """The group role of each role of staff, and that of engines."""
    return {role: f"{prefix}_{role}" for role in EVERYBODY}


def rights_statements(
    schema: str, prefix: str, owner: str, tables: Iterable[str], policies: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """All of them, in order. ``tables`` and ``policies`` (table, name) are what is there now."""
    there = sorted(tables)
    named = ", ".join(groups(prefix).values())
    yield f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {named}"
    yield _STRANGERS.replace("{schema}", schema)
    yield f"GRANT USAGE ON SCHEMA {schema} TO {named}"
    for kind in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA {schema} FROM PUBLIC, {named}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {named}"
    for table, policy in policies:
        if policy.startswith(POLICY):
            yield f"DROP POLICY {policy} ON {schema}.{table}"
    for table in there:
        yield from _of_table(schema, prefix, owner, table)


def _of_table(schema: str, prefix: str, owner: str, table: str) -> Iterator[str]:
    place, who = f"{schema}.{table}", groups(prefix)
    rights = RIGHTS.get(table, READ_ONLY)
    rules = [rule for rule in ROW_RULES if rule.table == table]
    yield f"ALTER TABLE {place} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {place} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY {POLICY}owner ON {place} TO {owner} USING (true) WITH CHECK (true)"
    for verb in VERBS:
        granted = rights.roles(verb)
        whole = [who[role] for role in granted if not rights.columns_of(role, verb)]
        if whole:
            yield f"GRANT {verb} ON {place} TO {', '.join(whole)}"
        for role in granted:
            columns = rights.columns_of(role, verb)
            if columns:
                yield f"GRANT {verb} ({', '.join(columns)}) ON {place} TO {who[role]}"
        yield from _policies(place, verb, granted, rules, who)


def _policies(
    place: str, verb: str, granted: tuple[str, ...], rules: list[RowRule], who: Mapping[str, str]
) -> Iterator[str]:
    """A policy for each rule, and one without conditions for those that no rule names."""
    left = list(granted)
    for rule in rules:
        bound = [role for role in rule.roles if role in granted]
        if verb not in rule.verbs or not bound:
            continue
        left = [role for role in left if role not in bound]
        named = ", ".join(who[role] for role in bound)
        name = f"{POLICY}{rule.name}_{verb.lower()}"
        yield f"CREATE POLICY {name} ON {place} FOR {verb} TO {named} {_clauses(verb, rule)}"
    if left:
        named = ", ".join(who[role] for role in left)
        words = _clauses(verb, None)
        yield f"CREATE POLICY {POLICY}{verb.lower()} ON {place} FOR {verb} TO {named} {words}"


def _clauses(verb: str, rule: RowRule | None) -> str:
    using = f"USING ({rule.rows if rule else 'true'})"
    check = f"WITH CHECK ({(rule.check or rule.rows) if rule else 'true'})"
    return {"INSERT": check, "UPDATE": f"{using} {check}"}.get(verb, using)
