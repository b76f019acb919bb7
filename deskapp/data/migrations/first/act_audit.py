"""The audit of acts on orders is only ever added to, whoever asks."""

from sqlalchemy import Connection


def make(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION act_audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'act_audit is append-only'; END$$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER act_audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON act_audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION act_audit_stays()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER act_audit_no_{verb.lower()} BEFORE {verb} ON act_audit "
            "BEGIN SELECT RAISE(ABORT, 'act_audit is append-only'); END"
        )


def drop(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER act_audit_stays ON act_audit")
        connection.exec_driver_sql("DROP FUNCTION act_audit_stays()")
        return
    for verb in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER act_audit_no_{verb}")
