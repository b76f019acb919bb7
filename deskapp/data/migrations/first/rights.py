"""Who is signed in on PostgreSQL: three functions that policies, triggers and programs ask.

``desk_groups()`` is the prefix of the desk's group roles, "" until ``deskapp team-desk set-up``
writes it anew: it belongs to this database, so that no backup carries it into another.
``desk_role()`` and ``desk_agent()`` go by ``session_user``, which SET ROLE does not change, and
look only at tables of the desk's own schema, wherever a caller's search_path leads.
"""

from sqlalchemy import Connection

_FUNCTIONS = ("desk_role()", "desk_agent()", "desk_groups()")


def make(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    schema: str = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in (groups_function(schema, ""), *sign_in_functions(schema)):
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for name in _FUNCTIONS:
            connection.exec_driver_sql(f"DROP FUNCTION {name}")


def groups_function(schema: str, prefix: str) -> str:
    """The statement that makes ``desk_groups()`` say ``prefix`` (letters, digits, underscores)."""
    return (
        f"CREATE OR REPLACE FUNCTION {schema}.desk_groups() RETURNS text LANGUAGE sql IMMUTABLE "
        f"AS $$SELECT '{prefix}'::text$$"
    )


def sign_in_functions(schema: str) -> tuple[str, str]:
    """The statements that make ``desk_agent()`` and ``desk_role()``."""
    return _agent_function(schema), _role_function(schema)


def _agent_function(schema: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {schema}.desk_agent() RETURNS bigint LANGUAGE sql STABLE "
        "SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS "
        f"$$SELECT a.id FROM {schema}.agent a WHERE {schema}.desk_groups() <> '' "
        "AND a.login = session_user::text AND a.active$$"
    )


def _role_function(schema: str) -> str:
    """The owner is who may become the owner of the tables: SET ROLE would open all to them."""
    return f"""
CREATE OR REPLACE FUNCTION {schema}.desk_role() RETURNS text LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    prefix text := {schema}.desk_groups();
    found text;
BEGIN
    IF prefix = '' OR pg_has_role(session_user, (
        SELECT relowner FROM pg_class WHERE oid = '{schema}.agent'::regclass), 'MEMBER')
    THEN
        RETURN 'owner';
    END IF;
    SELECT a.role INTO found FROM {schema}.agent a
    WHERE a.login = session_user::text AND a.active;
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = prefix || '_engine'
               AND pg_has_role(session_user, oid, 'MEMBER'))
    THEN
        RETURN 'engine';
    END IF;
    RETURN '';
END $$"""
