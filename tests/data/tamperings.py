"""What somebody who owns the database may try on its audit, and what must be said of it.

Each tampering works on a chain made by ``chain_of`` with the triggers of the audit switched off,
as only an owner can, and knows how seals are made.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from deskapp.data.queries.audit_chain import audit_links
from deskapp.domain.audit import AuditFault, sealed_with

F = AuditFault
Fault = tuple[AuditFault, str]


@dataclass(frozen=True)
class Chain:
    """A chain under attack: its connection, how long it is, and the number it is attacked at."""

    connection: Connection
    length: int
    at: int

    def run(self, statement: str, **values: object) -> None:
        self.connection.execute(text(statement), {"at": self.at, **values})

    def row(self, changes: str, **values: object) -> None:
        """Changes the row behind the attacked number."""
        self.run(
            f"UPDATE audit SET {changes} WHERE id = "
            "(SELECT audit_id FROM audit_seal WHERE number = :at)",
            **values,
        )

    def reseal(self, first: int, last: int | None = None) -> None:
        """Makes the seals from ``first`` on anew, as a forger would."""
        before = ""
        for link in list(audit_links(self.connection)):
            seal = link.seal
            if link.row is not None and first <= link.number <= (last or self.length):
                seal = sealed_with(before, link.number, link.at, link.row)
                said = "UPDATE audit_seal SET seal = :seal WHERE number = :number"
                self.run(said, seal=seal, number=link.number)
            before = seal


def open_up(connection: Connection) -> None:
    """What an owner does first."""
    for table in ("audit", "audit_seal"):
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))


def close_up(connection: Connection) -> None:
    """So that nobody sees it by the triggers."""
    for table, names in (
        ("audit", ("audit_stays", "audit_by_trigger", "audit_sealed")),
        ("audit_seal", ("audit_stays", "audit_by_trigger")),
    ):
        for name in names:
            connection.execute(text(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"))


def _here(fault: AuditFault) -> Callable[[Chain], Fault]:
    return lambda chain: (fault, str(chain.at))


def _next(fault: AuditFault) -> Callable[[Chain], Fault]:
    return lambda chain: (fault, str(chain.at + 1))


def _fixed(fault: AuditFault, place: str) -> Callable[[Chain], Fault]:
    return lambda _chain: (fault, place)


def _set(changes: str) -> Callable[[Chain], None]:
    return lambda chain: chain.row(changes)


def _seal_recomputed(chain: Chain) -> None:
    chain.row("login = 'olga'")
    chain.reseal(chain.at, chain.at)


def _recomputed_from_there(chain: Chain) -> None:
    chain.row("login = 'olga'")
    chain.reseal(chain.at)


def _all_recomputed(chain: Chain) -> None:
    chain.run("UPDATE audit SET login = 'olga' WHERE login = 'deskapp'")
    chain.reseal(1)


def _dated_back(chain: Chain) -> None:
    chain.row("at = at - 86400000")
    chain.reseal(chain.at)


def _sealed_earlier(chain: Chain) -> None:
    chain.run("UPDATE audit_seal SET at = at - 86400000 WHERE number = :at")
    chain.row("at = at - 86400000")
    chain.reseal(chain.at)


def _row_taken_out(chain: Chain) -> None:
    chain.run("DELETE FROM audit WHERE id = (SELECT audit_id FROM audit_seal WHERE number = :at)")


def _link_taken_out(chain: Chain) -> None:
    _row_taken_out(chain)
    chain.run("DELETE FROM audit_seal WHERE number = :at")


def _link_taken_out_and_closed_up(chain: Chain) -> None:
    _link_taken_out(chain)
    for number in range(chain.at + 1, chain.length + 1):
        chain.run("UPDATE audit_seal SET number = number - 1 WHERE number = :n", n=number)


def _taken_out_closed_up_and_recomputed(chain: Chain) -> None:
    _link_taken_out_and_closed_up(chain)
    chain.reseal(1)


def _cut(chain: Chain, first: int) -> None:
    chain.run(
        "DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_seal WHERE number >= :first)",
        first=first,
    )
    chain.run("DELETE FROM audit_seal WHERE number >= :first", first=first)


def _first_taken_out(chain: Chain) -> None:
    chain.run("DELETE FROM audit WHERE id = (SELECT audit_id FROM audit_seal WHERE number = 1)")
    chain.run("DELETE FROM audit_seal WHERE number = 1")


_COPY = (
    "INSERT INTO audit (id, at, login, agent_id, program, client, told_of, verb, row_key, old, new)"
    " SELECT 1000000, at, 'forged', agent_id, program, client, told_of, verb, row_key, old, new "
    "FROM audit WHERE id = (SELECT audit_id FROM audit_seal WHERE number = :at)"
)


def _forged_row(chain: Chain) -> None:
    chain.run(_COPY)


def _forged_link(chain: Chain) -> None:
    chain.run(_COPY)
    for number in range(chain.length, chain.at, -1):
        chain.run("UPDATE audit_seal SET number = number + 1 WHERE number = :n", n=number)
    chain.run(
        "INSERT INTO audit_seal (number, audit_id, at, seal) SELECT number + 1, 1000000, at, "
        "repeat('0', 64) FROM audit_seal WHERE number = :at"
    )
    chain.reseal(chain.at + 1, chain.at + 1)


def _swapped(column: str) -> Callable[[Chain], None]:
    def swap(chain: Chain) -> None:
        both = chain.connection.execute(
            text(f"SELECT number, {column} FROM audit_seal WHERE number IN (:at, :at + 2)"),
            {"at": chain.at},
        ).all()
        chain.run(f"UPDATE audit_seal SET {column} = {_AWAY[column]} WHERE number = :at")
        (one, its), (other, others) = sorted(both)
        said = f"UPDATE audit_seal SET {column} = :value WHERE number = :number"
        chain.run(said, value=its, number=other)
        chain.run(said, value=others, number=one)

    return swap


_AWAY = {"audit_id": "-1", "seal": "repeat('f', 64)"}


def _edited_past(chain: Chain) -> None:
    chain.run("ALTER TABLE agent DISABLE TRIGGER audit_update")
    chain.run("UPDATE agent SET role = 'admin' WHERE id = 2")
    chain.run("ALTER TABLE agent ENABLE ALWAYS TRIGGER audit_update")


def _added_past(chain: Chain) -> None:
    chain.run("ALTER TABLE agent DISABLE TRIGGER audit_insert")
    chain.run("INSERT INTO agent (id, name, role, created_at) VALUES (900, 'Eve', 'admin', 1)")
    chain.run("ALTER TABLE agent ENABLE ALWAYS TRIGGER audit_insert")


def _removed_past(chain: Chain) -> None:
    chain.run("ALTER TABLE team DISABLE TRIGGER audit_delete")
    chain.run("DELETE FROM team WHERE id = 1")
    chain.run("ALTER TABLE team ENABLE ALWAYS TRIGGER audit_delete")


def _statement(said: str) -> Callable[[Chain], None]:
    return lambda chain: chain.run(said)


def _other_trigger(chain: Chain) -> None:
    chain.run("DROP TRIGGER audit_update ON agent")
    chain.run(
        "CREATE TRIGGER audit_update AFTER UPDATE ON agent FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION audit_row('id', 'name', '', '')"
    )
    chain.run("ALTER TABLE agent ENABLE ALWAYS TRIGGER audit_update")


TAMPERINGS: dict[str, tuple[Callable[[Chain], None], Callable[[Chain], Fault]]] = {
    "what it was": (_set("""old = '{"role": "lead"}'"""), _here(F.CHANGED)),
    "what it became": (_set("""new = '{"role": "junior"}'"""), _here(F.CHANGED)),
    "who: the login": (_set("login = 'olga'"), _here(F.CHANGED)),
    "who: the agent": (_set("agent_id = 2"), _here(F.CHANGED)),
    "when, by a millisecond": (_set("at = at + 1"), _here(F.CHANGED)),
    "with which program": (_set("program = 'psql'"), _here(F.CHANGED)),
    "from where": (_set("client = '10.0.0.7'"), _here(F.CHANGED)),
    "of which table": (_set("told_of = 'team'"), _here(F.CHANGED)),
    "which verb": (_set("verb = 'DELETE'"), _here(F.CHANGED)),
    "of which row": (_set("row_key = '77'"), _here(F.CHANGED)),
    "a space in the JSON": (_set("new = replace(new, ': ', ':')"), _here(F.CHANGED)),
    "a type in the JSON": (_set("new = replace(new, 'true', '\"true\"')"), _here(F.CHANGED)),
    "the form of a letter": (_set("new = normalize(new, NFD)"), _here(F.CHANGED)),
    "the time of a seal": (
        _statement("UPDATE audit_seal SET at = at + 1 WHERE number = :at"),
        _here(F.CHANGED),
    ),
    "a seal in capitals": (
        _statement("UPDATE audit_seal SET seal = upper(seal) WHERE number = :at"),
        _here(F.CHANGED),
    ),
    "one seal made anew": (_seal_recomputed, _next(F.CHANGED)),
    "all seals from there on": (_recomputed_from_there, _fixed(F.REWRITTEN, "")),
    "all seals there are": (_all_recomputed, _fixed(F.REWRITTEN, "")),
    "a row dated back, sealed anew": (_dated_back, _here(F.TIME)),
    "a seal dated back, sealed anew": (_sealed_earlier, _here(F.TIME)),
    "a row in the middle gone": (_row_taken_out, _here(F.GONE)),
    "a link in the middle gone": (_link_taken_out, _here(F.GAP)),
    "a link gone, numbers closed up": (_link_taken_out_and_closed_up, _here(F.CHANGED)),
    "a link gone, all sealed anew": (_taken_out_closed_up_and_recomputed, _fixed(F.CUT_OFF, "")),
    "the first link gone": (_first_taken_out, _fixed(F.GAP, "1")),
    "the last link gone": (
        lambda chain: _cut(chain, chain.length),
        lambda chain: (F.CUT_OFF, str(chain.length)),
    ),
    "the end gone": (lambda chain: _cut(chain, chain.at), _here(F.CUT_OFF)),
    "all of it gone": (_statement("TRUNCATE audit, audit_seal"), _fixed(F.CUT_OFF, "1")),
    "a forged row": (_forged_row, _fixed(F.UNSEALED, "1000000")),
    "a forged link in the middle": (_forged_link, lambda chain: (F.CHANGED, str(chain.at + 2))),
    "two rows exchanged": (_swapped("audit_id"), _here(F.CHANGED)),
    "two seals exchanged": (_swapped("seal"), _here(F.CHANGED)),
    "the trigger off for an edit": (_edited_past, _fixed(F.UNTOLD, "agent 2")),
    "the trigger off for a new row": (_added_past, _fixed(F.UNTOLD, "agent 900")),
    "the trigger off for a deletion": (_removed_past, _fixed(F.UNTOLD, "team 1")),
    "a trigger left switched off": (
        _statement("ALTER TABLE act_cap DISABLE TRIGGER audit_update"),
        _fixed(F.TRIGGER, "act_cap audit_update"),
    ),
    "a trigger gone": (
        _statement("DROP TRIGGER audit_delete ON mailbox"),
        _fixed(F.TRIGGER, "mailbox audit_delete"),
    ),
    "a trigger that never fires": (_other_trigger, _fixed(F.TRIGGER, "agent audit_update")),
    "a function that does nothing": (
        _statement(
            "CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RETURN NULL; END$$"
        ),
        _fixed(F.TRIGGER, "audit_row"),
    ),
}
"""By name: what is done, and the fault that must be reported with its place ("": wherever the
newest seal that was seen stands)."""
