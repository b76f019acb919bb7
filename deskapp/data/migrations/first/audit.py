"""The audit of a PostgreSQL desk: rows by trigger, seals when a transaction commits.

A row of ``audit`` is written while its change is; its seal by a trigger that PostgreSQL fires at
COMMIT, under one lock that is held from there to the end: transactions are chained in the order in
which they commit and wait for each other no longer than that. Nobody can change a row of either
table, its owner included; who owns the database can switch the triggers off, and then the chain
does not fit (``data/queries/audit_chain.py``).

On SQLite the tables stand empty: a file belongs to whoever can open it, and there is no session
whose user the database knows.
"""

from sqlalchemy import Connection

from deskapp.data.audited import RULES, Rule
from deskapp.data.change_order import CHANGE_LOCK

LOCK = 0x61756469  # "audi": the advisory lock under which seals are made

# One column's value as it is told. A long text of ours is its length and hash.
TOLD = """
SELECT coalesce(jsonb_object_agg(one.key, CASE
    WHEN one.key = ANY (back) THEN to_jsonb('(kept back)'::text)
    WHEN one.key = ANY (hashed) AND jsonb_typeof(one.value) = 'string' THEN to_jsonb(
        length(line ->> one.key) || ':'
        || encode(sha256(convert_to(line ->> one.key, 'UTF8')), 'hex'))
    ELSE one.value END), '{}'::jsonb)
FROM jsonb_each(line) AS one
WHERE one.key = ANY (plain) OR one.key = ANY (hashed) OR one.key = ANY (back)
"""

ROW = """
DECLARE
    keys text[] := string_to_array(TG_ARGV[0], ',');
    plain text[] := string_to_array(TG_ARGV[1], ',');
    hashed text[] := string_to_array(TG_ARGV[2], ',');
    back text[] := string_to_array(TG_ARGV[3], ',');
    was jsonb := '{}';
    is_now jsonb := '{}';
    line jsonb;
    same text[];
    numbered text;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN is_now := to_jsonb(NEW); END IF;
    line := CASE WHEN TG_OP = 'DELETE' THEN was ELSE is_now END;
    SELECT string_agg(coalesce(line ->> one.name, ''), ',' ORDER BY one.nth) INTO numbered
        FROM unnest(keys) WITH ORDINALITY AS one (name, nth);
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(array_agg(one.key), '{}') INTO same FROM jsonb_each(was) AS one
            WHERE is_now -> one.key = one.value;
        was := was - same;
        is_now := is_now - same;
        plain := plain || keys;
        IF NOT was ?| (plain || hashed || back) THEN RETURN NULL; END IF;
    ELSE
        back := '{}';
    END IF;
    INSERT INTO audit (at, login, agent_id, program, client, told_of, verb, row_key, old, new)
    VALUES (
        floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint,
        session_user,
        desk_agent(),
        left(current_setting('application_name', true), 64),
        coalesce(host(inet_client_addr()), ''),
        TG_TABLE_NAME,
        TG_OP,
        numbered,
        audit_told(was, plain, hashed, back)::text,
        audit_told(is_now, plain, hashed, back)::text
    );
    RETURN NULL;
END
"""

SEAL = """
DECLARE
    last audit_seal;
    told text := '';
    part text;
BEGIN
    -- Both locks that a COMMIT takes, in one order, whichever row was written first.
    PERFORM pg_advisory_xact_lock({changes});
    PERFORM pg_advisory_xact_lock({lock});
    SELECT * INTO last FROM audit_seal ORDER BY number DESC LIMIT 1;
    last.number := coalesce(last.number, 0) + 1;
    last.at := floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint;
    FOREACH part IN ARRAY ARRAY[
        coalesce(last.seal, ''), last.number::text, last.at::text, NEW.id::text, NEW.at::text,
        NEW.login, NEW.agent_id::text, NEW.program, NEW.client, NEW.told_of, NEW.verb,
        NEW.row_key, NEW.old, NEW.new
    ] LOOP
        told := told || coalesce(octet_length(part) || ':' || part, '-');
    END LOOP;
    INSERT INTO audit_seal (number, audit_id, at, seal)
    VALUES (last.number, NEW.id, last.at, encode(sha256(convert_to(told, 'UTF8')), 'hex'));
    RETURN NULL;
END
""".replace("{lock}", str(LOCK)).replace("{changes}", str(CHANGE_LOCK))

STAYS = """
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is written by its triggers alone';
END
"""

FUNCTIONS = {"audit_row": ROW, "audit_seal_row": SEAL, "audit_stays": STAYS}
TABLES = ("audit", "audit_seal")


def make(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    run = connection.exec_driver_sql
    schema = run("SELECT quote_ident(current_schema())").scalar_one()
    run(
        "CREATE FUNCTION audit_told(line jsonb, plain text[], hashed text[], back text[]) "
        f"RETURNS jsonb LANGUAGE sql IMMUTABLE AS $told${TOLD}$told$"
    )
    for name, body in FUNCTIONS.items():
        run(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
            f"SET search_path = pg_catalog, {schema}, pg_temp AS $body${body}$body$"
        )
    for rule in RULES:
        for statement in _triggers(rule):
            run(statement)
    run(
        "CREATE CONSTRAINT TRIGGER audit_sealed AFTER INSERT ON audit DEFERRABLE INITIALLY "
        "DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal_row()"
    )
    run("ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_sealed")
    for table in TABLES:
        run(
            f"CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
        )
        # Depth 0: somebody's own statement and not one of the triggers above.
        run(
            f"CREATE TRIGGER audit_by_trigger BEFORE INSERT ON {table} FOR EACH ROW "
            "WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION audit_stays()"
        )
        for name in ("audit_stays", "audit_by_trigger"):
            run(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def drop(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    run = connection.exec_driver_sql
    for name in FUNCTIONS:
        run(f"DROP FUNCTION {name}() CASCADE")
    run("DROP FUNCTION audit_told(jsonb, text[], text[], text[])")


def _triggers(rule: Rule) -> list[str]:
    said = ", ".join(
        f"'{','.join(names)}'" for names in (rule.key, rule.columns, rule.hashed, rule.kept_back)
    )
    made = []
    for verb in rule.verbs:
        name = f"audit_{verb.lower()}"
        when = " WHEN (NEW.agent_id IS NOT NULL)" if rule.by_people and verb == "INSERT" else ""
        of = f" OF {', '.join((*rule.key, *rule.watched))}" if verb == "UPDATE" else ""
        made.append(
            f'CREATE TRIGGER {name} AFTER {verb}{of} ON "{rule.name}" FOR EACH ROW{when} '
            f"EXECUTE FUNCTION audit_row({said})"
        )
        made.append(f'ALTER TABLE "{rule.name}" ENABLE ALWAYS TRIGGER {name}')
    return made
