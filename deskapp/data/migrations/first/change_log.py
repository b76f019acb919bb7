"""Change rows become visible in the order of their numbers, whichever program writes them.

Sequence numbers commit out of order, and a cursor would skip the late ones. So the number is given
under a lock that is held until the commit. Here and not in the program: a row that another program
writes, or a script, keeps the order too, and it takes one trip to the server.
"""

from sqlalchemy import Connection


def make(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return  # one writer at a time
    connection.exec_driver_sql("ALTER TABLE change ALTER COLUMN id DROP DEFAULT")
    connection.exec_driver_sql(
        """CREATE FUNCTION change_in_order() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
            PERFORM pg_advisory_xact_lock(1684370283);
            IF NEW.id IS NULL THEN NEW.id := nextval('change_id_seq'); END IF;
            PERFORM pg_notify('deskapp_change', NEW.origin);
            RETURN NEW;
        END$$"""
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER change_in_order BEFORE INSERT ON change "
        "FOR EACH ROW EXECUTE FUNCTION change_in_order()"
    )


def drop(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER change_in_order ON change")
        connection.exec_driver_sql("DROP FUNCTION change_in_order()")
