"""A thousand programs on one PostgreSQL, as the server sees them.

    python3 dev.py bench load_many [AGENTS] [MINUTES] [FOLDER]

A thousand of the program's own clients do not fit on one machine. So ``pgbench`` asks for them: one
connection each, listening like a program, with the very statements that the program reads by,
written down from a real ``Desk``, and its writes in short (a message, its event, its change row
with number, lock and notice). AGENTS open a ticket every 20 s and read again what others changed
once in 1.2 s, as windows do while somebody writes all the time. What it leaves out: the programs'
second connections, which rest; searches; the whole sending of a reply; mail that comes in.
FOLDER: the one of ``bench load``.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.kept_postgres import kept_desk
from bench.load import SAFE, THINK, both, furnish
from bench.load_server import SETTINGS, Server, plain
from deskapp.data.database import Database
from deskapp.data.queries.leases import clock
from deskapp.data.queries.presence import colleagues
from deskapp.data.schema import SCHEMA
from deskapp.domain.ids import TicketId
from deskapp.wiring import open_house
from tests.servers.process import need

_AGAIN = 1.2  # seconds from one reading of what others changed to the next
_SHOWN, _CHANGED = 60, 3  # rows of a page, and those of them that somebody changed meanwhile
_MARKED = 17389  # the ticket that is opened while the statements are written down
_SESSION = f"-c deskapp.schema={SCHEMA} -c jit=off -c plan_cache_mode=force_custom_plan"
_NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
_LISTEN = """\\if :listens
\\else
LISTEN deskapp_change;
LISTEN deskapp_passing;
\\set listens 1
\\endif
"""
_DRAWN = "\\set t random(1, {tickets})\n\\set me 2 + :client_id % {agents}\n"
_CHANGE = f"INSERT INTO change (at, origin, touched) VALUES ({_NOW}, 'many', '{{told}}');"
_TOLD = _CHANGE.replace("{told}", '{"tickets": [:t], "customers": [], "areas": [], "own": []}')
_OWN = _CHANGE.replace("{told}", '{"tickets": [], "customers": [], "areas": [], "own": [[:me,:t]]}')
_WRITES = {
    "move": f"""BEGIN;
SELECT set_config('synchronous_commit', 'off', true), pg_notify('deskapp_passing', 'many');
UPDATE presence SET ticket_id = :t, since = {_NOW} WHERE client = 'many-' || :client_id;
COMMIT;""",
    "seen": f"""BEGIN;
INSERT INTO ticket_seen (agent_id, ticket_id, message_id, at)
 SELECT :me, id, newest_message_id, {_NOW} FROM ticket WHERE id = :t AND newest_message_id > 0
 ON CONFLICT (agent_id, ticket_id) DO UPDATE SET message_id = excluded.message_id;
{_OWN}
COMMIT;""",
    "save": f"""BEGIN;
SELECT id FROM ticket WHERE id = :t FOR NO KEY UPDATE;
INSERT INTO message (ticket_id, direction, kind, at, created_at, agent_id)
 VALUES (:t, 'note', 'note', {_NOW}, {_NOW}, :me) RETURNING id AS made \\gset
INSERT INTO message_body (message_id, text) VALUES (:made, 'Asked the carrier.');
INSERT INTO event (ticket_id, kind, at, agent_id, message_id)
 VALUES (:t, 'note', {_NOW}, :me, :made);
UPDATE ticket SET updated_at = {_NOW}, version = version + 1, newest_message_id = :made,
 message_count = message_count + 1 WHERE id = :t;
{_TOLD}
COMMIT;""",
}


def main(agents: str = "1000", minutes: str = "1", folder: str = "") -> None:
    """One line for each kind of work, and what the server says."""
    count, seconds = int(agents), int(60 * float(minutes))
    with tempfile.TemporaryDirectory() as name:
        place, made = Path(folder or name), Path(name) / "made"
        place.mkdir(exist_ok=True)
        place.chmod(0o755)
        made.mkdir()
        with kept_desk(place, "postgresql") as url:
            furnish(url, count)
        with kept_desk(place, "postgresql", *SAFE, *SETTINGS) as url:
            _stand(url, count)
            scripts = {**_reads(url), **_WRITES}
            _run(url, count, seconds, scripts, made)


def _stand(url: str, count: int) -> None:
    """Every agent's program is there, as their beats would say, with a window on some ticket."""
    with psycopg.connect(plain(url), options=_SESSION) as connection:
        connection.execute("DELETE FROM presence")
        connection.execute(
            "INSERT INTO presence (client, place, agent_id, ticket_id, doing, since, seen_at) "
            f"SELECT 'many-' || n, 1, n + 2, n + 1, 'looking', {_NOW}, {_NOW} + 86400000 "
            "FROM generate_series(0, %s - 1) AS n WHERE n + 2 IN (SELECT id FROM agent)",
            (count,),
        )


def _reads(url: str) -> dict[str, str]:
    """The statements of each kind of reading, as the program asks them."""
    desk, database = open_house(url, agent_name="Agent 1"), Database(url)
    cursor = desk.changes.cursor()
    kept: dict[str, list[str]] = {}
    try:
        views = [TicketId(one) for one in desk.tickets.view_list("all_open")[:_SHOWN]]
        with _written_down(kept, "again"):
            desk.changes.since(cursor)
            desk.tickets.view_list("all_open")
            desk.tickets.rows(views[:_CHANGED])
            desk.tickets.counts()
            desk.tickets.view_ids("mine", 1000)
            with database.reading() as connection:
                colleagues(connection, clock(connection), "")
        with _written_down(kept, "list"):
            desk.tickets.view_list("all_open")
            desk.tickets.rows(views)
        with _written_down(kept, "open"):
            desk.tickets.conversation(TicketId(_MARKED))
    finally:
        desk.close()
        database.close()
    newest = "(SELECT max(id) - 5 FROM change)"
    return {
        name: "\n".join(one.replace(str(_MARKED), ":t") for one in said).replace(
            f"change.id >= {cursor.number}", f"change.id >= {newest}"
        )
        for name, said in kept.items()
    }


@contextmanager
def _written_down(kept: dict[str, list[str]], name: str) -> Iterator[None]:
    """All that the driver is told meanwhile, with its values in it."""
    said = kept.setdefault(name, [])
    execute, commit = psycopg.Cursor.execute, psycopg.Connection.commit
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"

    def executed(cursor: Any, query: Any, params: Any = None, **more: Any) -> Any:
        text = psycopg.ClientCursor(cursor.connection).mogrify(query, params or None)
        if text.strip(" ;"):
            if not said or said[-1] == "COMMIT;":
                said.append(begin)
            said.append(" ".join(text.split()) + ";")
        return execute(cursor, query, params, **more)

    def committed(connection: Any) -> None:
        commit(connection)
        if said and said[-1] != "COMMIT;":
            said.append("COMMIT;")

    psycopg.Cursor.execute = executed  # type: ignore[method-assign]
    psycopg.Connection.commit = committed  # type: ignore[method-assign]
    try:
        yield
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]
        psycopg.Connection.commit = commit  # type: ignore[method-assign]


def _run(url: str, count: int, seconds: int, scripts: dict[str, str], made: Path) -> None:
    each = dict.fromkeys(scripts, 1 / THINK) | {"again": 1 / _AGAIN}
    rate = count * sum(each.values())
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    words = [need("pgbench", *programs), "-n", "-M", "simple", "-l", f"--log-prefix={made / 'log'}"]
    words += [f"-c{count}", "-j2", f"-T{seconds}", f"-R{rate:.1f}", "-Dlistens=0"]
    drawn = _DRAWN.format(tickets=20_000, agents=count - 1)
    for name, said in scripts.items():
        script = made / f"{name}.sql"
        script.write_text(f"{_LISTEN}{drawn}{said}\n", "utf-8")
        words.append(f"-f{script}@{round(1000 * each[name])}")
    server = Server(url)
    watching = threading.Thread(target=server.watch, args=(float(seconds),))
    watching.start()
    environment = {**os.environ, "PGOPTIONS": _SESSION, "PGAPPNAME": "deskapp"}
    done = subprocess.run(
        [*words, plain(url)], env=environment, capture_output=True, text=True, check=False
    )
    watching.join()
    times = _times(made, list(scripts))
    print(f"{count} agents, {rate:.0f} pieces of work wanted a second; p50 / p95 in ms")
    for name in scripts:
        print(f"  {name:6} {both(sorted(times[name])):>17}  {len(times[name]) / seconds:7.1f}/s")
    server.tell(seconds)
    said = [line for line in done.stdout.splitlines() if "failed" in line or "lag" in line]
    print("\n".join(f"    {line}" for line in (*said, *done.stderr.splitlines()[-3:])))


def _times(made: Path, names: list[str]) -> dict[str, list[float]]:
    """Milliseconds from when each piece of work was due to its end."""
    times: dict[str, list[float]] = defaultdict(list)
    for log in made.glob("log.*"):
        for line in log.read_text("utf-8").splitlines():
            _client, _nth, took, script, *_rest = line.split()
            if took.isdigit():
                times[names[int(script)]].append(int(took) / 1000)
    return times


if __name__ == "__main__":
    main(*sys.argv[1:4])
