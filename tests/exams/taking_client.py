"""A program without windows that writes, asks and gives: `python -m tests.exams.taking_client URL
NAME`, on ticket 1.

It holds what a window holds: the draft and the ticket as it read them last. It is told on standard
input what to do, a line each ("write", "type Dear Lan", "ask 2", "give 1", "keep 1", "take 1",
"assign", "save"), and says on standard output, a JSON object a line, what came of it, and whom it
sees and who asks whom whenever that changes.
"""

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import replace

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.ids import AgentId, TakeOverId, TicketId
from deskapp.domain.presence import Doing, Room
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import TicketEdit
from deskapp.wiring import open_house

TICKET = TicketId(1)


class Client:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._draft = desk.replies.draft(TICKET)
        self._version = desk.tickets.row(TICKET).version
        self._lock = threading.Lock()

    def say(self, **told: object) -> None:
        with self._lock:
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()

    def hear(self, room: Room) -> None:
        self.say(
            seen={one.name: one.doing.value for one in room.colleagues},
            asked={str(one.id): [one.answer.value, one.taken] for one in room.requests},
        )

    def do(self, words: str) -> None:
        verb, _, about = words.partition(" ")
        works: dict[str, Callable[[], object]] = {
            "write": lambda: self._desk.presence.stands(1, TICKET, Doing.WRITING),
            "type": lambda: self._save(about),
            "ask": lambda: self._desk.take_overs.ask(TICKET, AgentId(int(about))).id,
            "give": lambda: self._desk.take_overs.give(TakeOverId(int(about))).answer,
            "keep": lambda: self._desk.take_overs.keep(TakeOverId(int(about))).answer,
            "take": lambda: self._desk.take_overs.take(TakeOverId(int(about))),
            "assign": self._assign,
        }
        try:
            self.say(did=verb, got=works[verb]())
        except Problem as problem:
            self.say(did=verb, problem=problem.kind.value)

    def _save(self, text: str) -> None:
        self._desk.replies.save(replace(self._draft, body=text))
        self._draft = self._desk.replies.draft(TICKET)

    def _assign(self) -> None:
        """To oneself, as of the last reading: of this program's own state, never looked at anew."""
        edit = TicketEdit(assignee_id=self._desk.agent)
        self._version = self._desk.tickets.edit(TICKET, edit, self._version).version


def work(url: str, name: str) -> None:
    desk = open_house(url, agent_name=name)
    client, stop = Client(desk), threading.Event()

    def tell(changes: Changes) -> None:
        if "presence" in changes.areas:
            desk.presence.heard(changes.origin)

    watch = threading.Thread(target=desk.changes.watch, args=(stop, tell, desk.changes.cursor()))
    watch.start()
    with desk.presence.kept(client.hear):
        for line in sys.stdin:
            client.do(line.strip())
    stop.set()
    watch.join()
    desk.close()


if __name__ == "__main__":
    work(sys.argv[1], sys.argv[2])
