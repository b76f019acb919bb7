"""The reckoning of a team's work, in raw SQL: what each client tried and was told against what the
desk holds. No code of the program is asked."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from tests.exams.team_acts import CLIENTS

# How often each write stands in the desk: by what tells one apart from all others.
_STANDS = {
    "subject": ("token", "SELECT new, count(*) FROM event WHERE kind = 'subject' GROUP BY 1"),
    "status": ("at", "SELECT at, count(*) FROM event WHERE kind = 'status' GROUP BY 1"),
    "assign": ("at", "SELECT at, count(*) FROM event WHERE kind = 'assigned' GROUP BY 1"),
    "tag": (
        "at",
        "SELECT at, count(*) FROM event WHERE kind IN ('tagged', 'untagged') GROUP BY 1",
    ),
    "note": ("token", "SELECT text, count(*) FROM message_body GROUP BY 1"),
    "send": ("token", "SELECT act, count(*) FROM message WHERE act IS NOT NULL GROUP BY 1"),
    "merge": ("at", "SELECT at, count(*) FROM ticket_move WHERE kind = 'merge' GROUP BY 1"),
    "split": ("at", "SELECT at, count(*) FROM ticket_move WHERE kind = 'split' GROUP BY 1"),
    "move": ("at", "SELECT at, count(*) FROM ticket_move WHERE kind = 'move' GROUP BY 1"),
    "customer": ("token", "SELECT new, count(*) FROM customer_change GROUP BY 1"),
    "rename": ("token", "SELECT name, count(*) FROM tag GROUP BY 1"),
    "begin": ("at", "SELECT at, count(*) FROM event WHERE kind = 'created' GROUP BY 1"),
}
# What each write found there: the value that it replaced.
_REPLACED = {
    "subject": ("token", "SELECT new, old FROM event WHERE kind = 'subject'"),
    "status": ("at", "SELECT at, old FROM event WHERE kind = 'status'"),
    "assign": ("at", "SELECT at, old FROM event WHERE kind = 'assigned'"),
    "tag": (
        "at",
        "SELECT at, CASE kind WHEN 'untagged' THEN 'on' ELSE 'off' END FROM event"
        " WHERE kind IN ('tagged', 'untagged')",
    ),
    "customer": ("token", "SELECT new, old FROM customer_change"),
}
# Where there is no history: the row as it stands, its version and its words.
_VERSIONED = {
    "canned": "SELECT r.id, r.version, t.body FROM canned_reply r JOIN canned_text t"
    " ON t.canned_id = r.id",
    "draft": "SELECT id, version, body FROM draft WHERE kind = 'note'",
}
_UNSEEN_ANSWERED = """
    SELECT mine.act FROM message mine JOIN message theirs ON theirs.ticket_id = mine.ticket_id
    JOIN (SELECT unnest(%s::text[]) AS act, unnest(%s::bigint[]) AS base) known
      ON known.act = mine.act
    WHERE theirs.id > known.base AND theirs.id < mine.id AND theirs.agent_id <> mine.agent_id
      AND mine.origin_id IS NULL AND theirs.origin_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.told_of = 'message' AND audit.verb = 'UPDATE'
        AND audit.row_key = theirs.id::text AND audit.at > mine.at
        AND (audit.new::json ->> 'ticket_id')::bigint = theirs.ticket_id)"""  # moved home later
_NOWHERE = """
    WITH RECURSIVE way(first, here, steps) AS (
        SELECT id, merged_into, 1 FROM ticket WHERE merged_into IS NOT NULL
        UNION ALL
        SELECT way.first, ticket.merged_into, way.steps + 1 FROM way
        JOIN ticket ON ticket.id = way.here
        WHERE ticket.merged_into IS NOT NULL AND way.steps < 1000)
    SELECT count(DISTINCT first) FROM way WHERE steps >= 1000"""
_STRAY = """
    SELECT count(*) FROM message JOIN ticket ON ticket.id = message.ticket_id
    WHERE ticket.merged_into IS NOT NULL"""
_MISCOUNTED = """
    SELECT count(*) FROM ticket WHERE merged_into IS NULL AND message_count <>
    (SELECT count(*) FROM message WHERE message.ticket_id = ticket.id AND NOT withdrawn)"""
_LAST_SUBJECT = """
    SELECT count(*) FROM ticket JOIN (
        SELECT DISTINCT ON (ticket_id) ticket_id, new FROM event WHERE kind = 'subject'
        ORDER BY ticket_id, id DESC) last ON last.ticket_id = ticket.id
    WHERE ticket.subject <> last.new"""
_LAST_MUST_KNOW = """
    SELECT count(*) FROM customer JOIN (
        SELECT DISTINCT ON (customer_id) customer_id, new FROM customer_change
        WHERE field = 'must_know' ORDER BY customer_id, id DESC) last
    ON last.customer_id = customer.id WHERE customer.must_know <> last.new"""
_QUEUED_TWICE = """
    SELECT count(*) FROM (SELECT message.act FROM message JOIN outbox
    ON outbox.message_row_id = message.id WHERE message.act IS NOT NULL
    GROUP BY 1 HAVING count(*) <> 1) twice"""

_ONE_SIGHT_MS = 90_000  # as long as a meeting may take from the look to the write

Op = dict[str, Any]


def journal(files: Iterable[Path]) -> tuple[list[Op], list[str]]:
    """All that was tried, with what was told of it; and what broke without a word for people."""
    tried: list[Op] = []
    broke: list[str] = []
    for client, file in enumerate(files):
        own: dict[int, Op] = {}
        for line in file.read_text("utf-8").splitlines():
            found = json.loads(line)
            if "broke" in found:
                broke.append(f"{found['kind']}: {found['broke']}")
            elif "told" in found:
                own[found["op"]] |= found
            else:
                own[found["op"]] = found | {"client": client, "told": "unknown"}
        tried += own.values()
    broke += [f"{op['kind']}: {op['said']}" for op in tried if op["told"] in ("broke", "strange")]
    return tried, broke


def _join(one: Op, other: Op) -> bool:
    return one["kind"] == "tag" or one["token"] == other["token"]


class Books:
    """``wrong`` has what should not be, by name; all of it must be 0."""

    def __init__(self, address: str, tried: list[Op]) -> None:
        self.tried = tried
        self.wrong: Counter[str] = Counter()
        self.shown: list[str] = []  # one line for each thing wrong, to look into
        self._connection = psycopg.connect(address)

    def reckon(self) -> None:
        """Everything, once all clients have ended."""
        for kind, (by, question) in _STANDS.items():
            self._count(kind, by, dict(self._rows(question)))
        for kind, (by, question) in _REPLACED.items():
            self._replaced(kind, by, dict(self._rows(question)))
        for kind, question in _VERSIONED.items():
            rows = {one: (version, body) for one, version, body in self._rows(question)}
            self._versions(kind, rows)
        self._renamed()
        self._answered()
        self._state()

    def close(self) -> None:
        self._connection.close()

    def _rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(question, values or None).fetchall()  # type: ignore[arg-type]

    def _fault(self, name: str, op: Op, more: object = "") -> None:
        self.wrong[name] += 1
        self.shown.append(f"{name}: {op['kind']} {op['token']} of {op['about']} {more}")

    def _of(self, kind: str) -> list[Op]:
        return [op for op in self.tried if op["kind"] == kind]

    def _count(self, kind: str, by: str, stands: dict[Any, int]) -> None:
        for op in self._of(kind):
            times = stands.get(op[by], 0)
            self._judge(op, times or (self._same_wish(op, stands) if by == "at" else 0))

    def _same_wish(self, op: Op, stands: dict[Any, int]) -> bool:
        """Whether another had just done the very same: then nothing is left to write."""
        if op["told"] != "done" or op["kind"] not in ("status", "assign", "tag"):
            return False
        what = ("kind", "about", "token")
        ends = op["at"] + 1000 * op["took"] + CLIENTS
        return any(
            other["at"] in stands
            and all(other[name] == op[name] for name in what)
            and ends - _ONE_SIGHT_MS < other["at"] < ends
            for other in self._of(op["kind"])
        )

    def _judge(self, op: Op, times: int) -> None:
        if times > 1:
            self._fault("written twice", op, times)
        if op["told"] == "done" and not times:
            self._fault("lost", op)
        if op["told"] == "not written" and times:
            self._fault("told as not written, and is", op, op["said"])
        if op["told"] in ("stale", "declined") and times:
            self._fault("refused, and is written", op)

    def _replaced(self, kind: str, by: str, before: dict[Any, str]) -> None:
        for op in self._of(kind):
            if op[by] in before and before[op[by]] != op["seen"]:
                self._fault("unseen overwrite", op, (op["seen"], before[op[by]]))

    def _versions(self, kind: str, rows: dict[int, tuple[int, str]]) -> None:
        by_row: dict[int, list[Op]] = defaultdict(list)
        for op in self._of(kind):
            by_row[op["about"] if kind == "canned" else op["gives"] or op["other"]].append(op)
        for one, ops in by_row.items():
            if one not in rows:
                continue  # a draft that was never made
            version, body = rows[one]
            for op in ops:
                if op["told"] not in ("done", "unknown") and body == op["token"]:
                    name = "refused, and is written"
                    stale = op["told"] in ("stale", "declined")
                    self._fault(name if stale else "told as not written, and is", op)
            done = {}
            for op in (op for op in ops if op["told"] == "done"):
                if op["version"] in done:
                    self._fault("unseen overwrite", op, done[op["version"]]["token"])
                done[op["version"]] = op
            newest = done.get(max(done, default=-1))
            if newest is not None and newest["version"] + 1 == version != 1:
                if body != newest["token"]:
                    self._fault("lost", newest, body)
            elif newest is not None and newest["version"] >= version:
                self._fault("lost", newest, version)

    def _renamed(self) -> None:
        first: dict[tuple[int, str], Op] = {}
        for op in self._of("rename"):
            if op["told"] != "done":
                continue
            if (there := first.setdefault((op["about"], op["seen"]), op)) is not op:
                self._fault("unseen overwrite", op, there["token"])

    def _answered(self) -> None:
        sent = {op["token"]: op for op in self._of("send")}
        bases = [op["version"] for op in sent.values()]
        for (act,) in self._rows(_UNSEEN_ANSWERED, list(sent), bases):
            self._fault("unseen overwrite", sent[act], "answered over a message")

    def _state(self) -> None:
        for name, question in (
            ("tickets merged into nowhere", _NOWHERE),
            ("messages on a ticket merged away", _STRAY),
            ("tickets that count wrongly", _MISCOUNTED),
            ("lost", _LAST_SUBJECT),
            ("lost", _LAST_MUST_KNOW),
            ("written twice", _QUEUED_TWICE),
        ):
            [(count,)] = self._rows(question)
            self.wrong[name] += count
            if count:
                self.shown.append(f"{name}: {count}")

    def conflicts(self) -> Counter[str]:
        """Meetings in which both wrote against the same sight, by how they ended.

        Both may be done where both wanted the same, and of tags, which are put on one by one.
        """
        met: dict[int, list[Op]] = defaultdict(list)
        for op in self.tried:
            if op["meeting"]:
                met[op["meeting"]].append(op)
        ends: Counter[str] = Counter()
        for pair in met.values():
            both = len(pair) == 2 and pair[0]["kind"] == pair[1]["kind"]
            sights = [(one["seen"], one["version"]) for one in pair]
            if pair[0]["kind"] == "merge" or (both and sights[0] == sights[1]):
                ends[" + ".join(sorted(one["told"] for one in pair))] += 1
                if both and {one["told"] for one in pair} == {"done"} and not _join(*pair):
                    self._fault("a conflict that nobody was told of", pair[0], pair[1]["token"])
        return ends

    def heard(self, cursor: int, origin: str, tickets: set[int]) -> None:
        """A client must have heard of every ticket that others touched after its cursor."""
        question = "SELECT touched FROM change WHERE id > %s AND origin <> %s"
        touched: set[int] = set()
        for (found,) in self._rows(question, cursor, origin):
            touched |= set(json.loads(found)["tickets"])
        if missed := sorted(touched - tickets):
            self.wrong["not heard of"] += len(missed)
            self.shown.append(f"not heard of by {origin} from {cursor}: {len(missed)} {missed[:9]}")
