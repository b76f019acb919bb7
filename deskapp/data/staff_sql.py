"""The functions that give people their logins and take them away, as the desk's owner.

The owner alone may make roles, but need not be there: an admin of the desk calls these, and they
touch only logins that were made for this desk (a comment on the role says so). A password comes as
a SCRAM verifier that the person's own machine worked out: the server never hears the password.
"""

from collections.abc import Iterator

from deskapp.domain.identity import ROLES

from .rights_sql import groups
from .written_sql import WRITTEN, written_triggers

ADMIN_FUNCTIONS = (
    "desk_staff_add(bigint, text, text, timestamptz)",
    "desk_staff_password(bigint, text, timestamptz)",
    "desk_staff_disconnect(text)",
)
"""What admins may call besides the owner."""

ENGINE_FUNCTIONS = ("desk_engine_add(text, text, timestamptz)", "desk_engine_end(text)")
_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$"


def staff_statements(schema: str, prefix: str) -> Iterator[str]:
    """Makes the functions, whom they answer, and the triggers that need them."""
    for text in (
        _MINE,
        _ADD,
        _PASSWORD,
        _END,
        _DISCONNECT,
        _FOLLOW,
        *WRITTEN,
        _OWN,
        *_ENGINES,
    ):
        body = text.replace("{schema}", schema).replace("{head}", _HEAD)
        yield f"CREATE OR REPLACE FUNCTION {schema}.{body}"
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC"
    yield _OPEN.replace("{schema}", schema).replace("{groups}", ", ".join(groups(prefix).values()))
    for name in ("desk_groups()", "desk_role()", "desk_agent()"):
        yield f"GRANT EXECUTE ON FUNCTION {schema}.{name} TO PUBLIC"
    staff = ", ".join(f"{prefix}_{one}" for one in ROLES)
    yield f"GRANT EXECUTE ON FUNCTION {schema}.desk_own_password(text) TO {staff}"
    for name in (*ADMIN_FUNCTIONS, *ENGINE_FUNCTIONS):
        yield f"GRANT EXECUTE ON FUNCTION {schema}.{name} TO {prefix}_admin"
    yield from written_triggers(schema)


# What runs with the rights of who calls it is anybody's of the desk to call.
_OPEN = """DO $do$
DECLARE
    one regprocedure;
BEGIN
    FOR one IN SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = '{schema}'::regnamespace AND NOT prosecdef
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {groups}', one);
    END LOOP;
END $do$"""

# Whether a role was made for this desk, and is no more than a person's.
_MINE = """desk_made_login(wanted text) RETURNS boolean {head}
BEGIN
    RETURN EXISTS (SELECT FROM pg_roles WHERE rolname = wanted
        AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
        AND shobj_description(oid, 'pg_authid') = 'deskapp login of ' || {schema}.desk_groups());
END $$"""

_CHECKS = """
    IF {schema}.desk_role() NOT IN ('owner', 'admin') OR {schema}.desk_groups() = '' THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an admin gives logins';
    END IF;
"""
_CHECK_VERIFIER = """
    IF verifier !~ '^SCRAM-SHA-256\\$[0-9]+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=:]+$' THEN
        RAISE invalid_password USING MESSAGE = 'not a SCRAM verifier';
    END IF;
"""
_CHECK_NAME = """
    IF wanted !~ '^[a-z_][a-z0-9_.-]{0,62}$' OR wanted LIKE 'pg\\_%' THEN
        RAISE invalid_name USING MESSAGE = 'not a name for a login';
    END IF;
"""
_MAKE = """
    IF {schema}.desk_made_login(wanted) THEN
        EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', wanted, verifier,
            coalesce(until, 'infinity'));
    ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        RAISE duplicate_object USING MESSAGE = 'the login is there and is not of this desk';
    ELSE
        EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', wanted, verifier,
            coalesce(until, 'infinity'));
        EXECUTE format('COMMENT ON ROLE %I IS %L', wanted,
            'deskapp login of ' || {schema}.desk_groups());
    END IF;
"""

_ADD = (
    "desk_staff_add(who bigint, wanted text, verifier text, until timestamptz) RETURNS void "
    "{head}\nDECLARE\n    other bigint;\nBEGIN"
    + _CHECKS
    + _CHECK_VERIFIER
    + _CHECK_NAME
    + """
    SELECT a.id INTO other FROM {schema}.agent a WHERE a.login = wanted AND a.id <> who;
    IF other IS NOT NULL THEN
        RAISE unique_violation USING MESSAGE = 'the login is another agent''s';
    END IF;
    IF NOT EXISTS (SELECT FROM {schema}.agent a WHERE a.id = who AND a.active
                   AND coalesce(a.login, wanted) = wanted) THEN
        RAISE no_data_found USING MESSAGE = 'no such agent, or one with another login';
    END IF;
"""
    + _MAKE
    + """
    UPDATE {schema}.agent SET login = wanted, version = version + 1 WHERE id = who;
END $$"""
)

_PASSWORD = (
    "desk_staff_password(who bigint, verifier text, until timestamptz) RETURNS text "
    "{head}\nDECLARE\n    theirs text;\nBEGIN"
    + _CHECKS
    + _CHECK_VERIFIER
    + """
    SELECT a.login INTO theirs FROM {schema}.agent a WHERE a.id = who AND a.active;
    IF theirs IS NULL OR NOT {schema}.desk_made_login(theirs) THEN
        RAISE no_data_found USING MESSAGE = 'no such agent, or one without a login of this desk';
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', theirs, verifier,
        coalesce(until, 'infinity'));
    RETURN theirs;
END $$"""
)

# Takes all that a login may do here; the groups are named, since it may have other desks.
_END = """desk_login_end(theirs text) RETURNS void {head}
DECLARE
    one name;
BEGIN
    FOR one IN SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        JOIN pg_roles p ON p.oid = m.member
        WHERE p.rolname = theirs
        AND shobj_description(g.oid, 'pg_authid') = 'deskapp group of ' || {schema}.desk_groups()
    LOOP
        EXECUTE format('REVOKE %I FROM %I', one, theirs);
    END LOOP;
END $$"""

# In a transaction of its own, after the one that ended the login: before, they could come back.
_DISCONNECT = (
    "desk_staff_disconnect(theirs text) RETURNS integer {head}\nDECLARE\n"
    "    ended integer := 0;\n    one integer;\nBEGIN"
    + _CHECKS
    + """
    IF NOT {schema}.desk_made_login(theirs) THEN
        RETURN 0;
    END IF;
    IF NOT pg_has_role(current_user, theirs::regrole, 'USAGE') THEN
        EXECUTE format('GRANT %I TO %I', theirs, current_user);
    END IF;
    FOR one IN SELECT pid FROM pg_stat_activity
        WHERE usename = theirs AND datname = current_database() AND pid <> pg_backend_pid()
    LOOP
        IF pg_terminate_backend(one) THEN
            ended := ended + 1;
        END IF;
    END LOOP;
    RETURN ended;
END $$"""
)

# Roles in PostgreSQL follow those of the desk: whoever changes an agent's role changes both.
_FOLLOW = """desk_staff_follow() RETURNS trigger {head}
DECLARE
    prefix text := {schema}.desk_groups();
BEGIN
    IF prefix = '' THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.login IS NOT NULL AND {schema}.desk_made_login(OLD.login) THEN
        PERFORM {schema}.desk_login_end(OLD.login);
        IF TG_OP = 'DELETE' OR NOT NEW.active OR NEW.login IS DISTINCT FROM OLD.login THEN
            EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', OLD.login);
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.login IS NOT NULL AND NEW.active
        AND {schema}.desk_made_login(NEW.login) THEN
        EXECUTE format('GRANT %I TO %I', prefix || '_' || NEW.role, NEW.login);
    END IF;
    RETURN NULL;
END $$"""

# One's own password, for good: ALTER ROLE alone would leave the day on which the first runs out.
_OWN = (
    "desk_own_password(verifier text) RETURNS void {head}\nBEGIN"
    + _CHECK_VERIFIER
    + """
    IF {schema}.desk_agent() IS NULL OR NOT {schema}.desk_made_login(session_user) THEN
        RAISE insufficient_privilege USING MESSAGE = 'not a login of this desk';
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', session_user, verifier, 'infinity');
END $$"""
)

_ENGINES = (
    "desk_engine_add(wanted text, verifier text, until timestamptz) RETURNS void {head}\nBEGIN"
    + _CHECKS
    + _CHECK_VERIFIER
    + _CHECK_NAME
    + """
    IF EXISTS (SELECT FROM {schema}.agent a WHERE a.login = wanted) THEN
        RAISE unique_violation USING MESSAGE = 'the login is an agent''s';
    END IF;
"""
    + _MAKE
    + """
    EXECUTE format('GRANT %I TO %I', {schema}.desk_groups() || '_engine', wanted);
END $$""",
    "desk_engine_end(theirs text) RETURNS boolean {head}\nBEGIN"
    + _CHECKS
    + """
    IF NOT {schema}.desk_made_login(theirs)
        OR EXISTS (SELECT FROM {schema}.agent a WHERE a.login = theirs) THEN
        RETURN false;
    END IF;
    PERFORM {schema}.desk_login_end(theirs);
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', theirs);
    RETURN true;
END $$""",
)
