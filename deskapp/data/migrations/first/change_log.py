"""Change rows become visible in the order of their numbers, whichever program writes them.

Sequence numbers commit out of order, and a cursor would skip the late ones. So the number is given
under a lock that is held until the commit. Here and not in the program: a row that another program
writes, or a script, keeps the order too, whatever number it asks for.

It is given by a trigger that PostgreSQL fires at COMMIT. Until then a row has a number below nought
that only its own transaction sees, and holds up nobody: a laptop that loses its line between its
row and its COMMIT would else stop the whole team's writing until it is given up.
"""

from sqlalchemy import Connection

from deskapp.data.change_order import CHANGE_LOCK, NOTIFY_CHANNEL

_WAITS = "NEW.id := -nextval('change_id_seq'); RETURN NEW;"
_NUMBERED = f"""
    PERFORM pg_advisory_xact_lock({CHANGE_LOCK});
    UPDATE change SET id = nextval('change_id_seq') WHERE id = NEW.id;
    PERFORM pg_notify('{NOTIFY_CHANNEL}', NEW.origin);
    RETURN NULL;"""
_FUNCTIONS = ("change_waits", "change_in_order")


def make(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return  # one writer at a time
    run = connection.exec_driver_sql
    here = run("SELECT quote_ident(current_schema())").scalar_one()
    run("ALTER TABLE change ALTER COLUMN id DROP DEFAULT")
    for name, body in zip(_FUNCTIONS, (_WAITS, _NUMBERED), strict=True):
        # As the owner: staff may add a row to the log, and change none.
        run(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
            f"SET search_path = pg_catalog, {here}, pg_temp AS $$BEGIN {body} END$$"
        )
    run(
        "CREATE TRIGGER change_waits BEFORE INSERT ON change "
        "FOR EACH ROW EXECUTE FUNCTION change_waits()"
    )
    run(
        "CREATE CONSTRAINT TRIGGER change_in_order AFTER INSERT ON change DEFERRABLE INITIALLY "
        "DEFERRED FOR EACH ROW EXECUTE FUNCTION change_in_order()"
    )


def drop(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for name in _FUNCTIONS:
            connection.exec_driver_sql(f"DROP FUNCTION {name}() CASCADE")
