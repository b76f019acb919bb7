"""A person presses again what nobody knew the end of: it is asked for first, and stands once.

The COMMIT of the first press is cut on a real line, before or after the server has it, and the
server stays away for as long as anybody asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Connection, event

from deskapp.data import outcome
from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.compose.draft_line import DraftLine
from deskapp.ui.pieces.once import Once
from deskapp.wiring import open_house
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.exams.commit_cuts import CommitWire
from tests.servers.postgres import Postgres

WHERE = ("before", "after")
HERE = TicketId(1)


class Counter:
    """Anna's desk over a line, and the same desk beside it."""

    def __init__(self, wired: Desk, beside: Desk, wire: CommitWire) -> None:
        self.desk, self.beside, self._wire = wired, beside, wire

    @contextmanager
    def broken_at_commit(self, where: str) -> Iterator[None]:
        """The next write ends unknown, and nobody answers until the block has ended."""
        database = self.desk.database
        database._asker = outcome.Asker(database.url, seconds=0.3)
        waiting = [where]

        def at_commit(connection: Connection) -> None:
            if waiting and not connection.get_execution_options().get("postgresql_readonly"):
                self._wire.refuse()
                self._wire.arm(waiting.pop())

        event.listen(database.writer, "commit", at_commit)
        with pytest.raises(Problem) as lost:
            yield
        assert lost.value.kind is ProblemKind.OUTCOME_UNKNOWN
        self._wire.mend()

    def notes(self) -> list[str]:
        return [one.text.strip() for one in self.beside.tickets.conversation(HERE).messages[1:]]


@pytest.fixture
def counter(desk_on_postgres: str, postgres: Postgres) -> Iterator[Counter]:
    ground = Ground(desk_on_postgres)
    ground.arrive(letter())
    ground.database.close()
    with CommitWire(postgres.port) as wire:
        wired = desk_on_postgres.replace(f":{postgres.port}/", f":{wire.port}/")
        over, beside = (open_house(url, agent_name="Anna") for url in (wired, desk_on_postgres))
        yield Counter(over, beside, wire)
        over.close()
        beside.close()


@pytest.mark.parametrize("where", WHERE)
def test_a_press_repeated_after_an_unknown_end_writes_once(counter: Counter, where: str) -> None:
    once, desk = Once(), counter.desk

    def press(words: str) -> None:
        once.do(desk, words, lambda: desk.tickets.note(HERE, words))

    with counter.broken_at_commit(where):
        press("She called")
    press("She called")
    assert counter.notes() == ["She called"]
    press("She called")  # pressed anew, on purpose
    press("She called again")
    assert counter.notes() == ["She called", "She called", "She called again"]


@pytest.mark.parametrize("where", WHERE)
def test_a_note_whose_end_was_unknown_stands_once_and_its_draft_is_gone(
    counter: Counter, where: str
) -> None:
    desk = counter.desk
    line = DraftLine(desk.replies.draft(HERE, "note"))
    written = replace(line.shown, body="Ask the carrier")
    line.take(line.save(desk, written))
    with counter.broken_at_commit(where):
        line.note(desk, written)
    line.note(desk, written)
    assert counter.notes() == ["Ask the carrier"]
    assert counter.beside.replies.draft(HERE, "note").id is None


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("saved_before", [False, True])
def test_a_draft_whose_save_had_an_unknown_end_is_no_strangers_draft(
    counter: Counter, where: str, saved_before: bool
) -> None:
    desk = counter.desk
    line = DraftLine(desk.replies.draft(HERE))
    if saved_before:
        line.take(line.save(desk, replace(line.shown, body="Dear")))
    with counter.broken_at_commit(where):
        line.save(desk, replace(line.shown, body="Dear Lan"))
    stored = line.save(desk, replace(line.shown, body="Dear Lan, it left today"))
    assert stored.id is not None
    found = counter.beside.replies.draft(HERE)
    assert (found.id, found.body) == (stored.id, "Dear Lan, it left today")


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(counter: Counter) -> None:
    desk = counter.desk
    line = DraftLine(desk.replies.draft(HERE))
    with counter.broken_at_commit("before"):
        line.save(desk, replace(line.shown, body="Dear Lan"))
    theirs = replace(counter.beside.replies.draft(HERE), body="from my other window")
    counter.beside.replies.save(theirs)
    with pytest.raises(Problem) as met:
        line.save(desk, replace(line.shown, body="Dear Lan"))
    assert met.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert counter.beside.replies.draft(HERE).body == "from my other window"
