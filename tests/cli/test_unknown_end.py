"""What a command says whose COMMIT is not answered: never that it failed, where it may not have."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deskapp.cli.errors import OFFLINE
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.exams.commit_cuts import CommitWire
from tests.servers.poison import Struck
from tests.servers.postgres import Postgres

_COMMAND = """
import sys
from deskapp.cli import house, run_command

house._ASK_SECONDS = float(sys.argv[1])
sys.exit(run_command(sys.argv[2:]))
"""


class AwayWire(CommitWire):
    """Cut off at the COMMIT of a write that others are told of; after that nobody gets through
    until ``mend``."""

    where = ""

    async def _pass(self, block: bytes, sink: asyncio.StreamWriter, to_server: bool) -> bool:
        if b"INSERT INTO change" in block:
            self.arm(self.where)
        try:
            return await super()._pass(block, sink, to_server)
        except Struck:
            await self._refuse()
            raise


@pytest.fixture
def ground(desk_on_postgres: str) -> Iterator[Ground]:
    made = Ground(desk_on_postgres)
    made.arrive(letter())
    yield made
    made.database.close()


@pytest.fixture
def wire(postgres: Postgres) -> Iterator[AwayWire]:
    with AwayWire(postgres.port) as made:
        yield made


@contextmanager
def _noting(ground: Ground, wire: AwayWire, where: str, seconds: float) -> Iterator["Command"]:
    """`ticket note 1` over that line, which breaks at its COMMIT."""
    url = ground.database.url.set(port=wire.port).render_as_string(hide_password=False)
    wire.where = where
    words = ["ticket", "note", "1", "--text", "She called", "--json"]
    with subprocess.Popen(
        [sys.executable, "-c", _COMMAND, str(seconds), "--desk", url, *words],
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        yield Command(running)


class Command:
    def __init__(self, running: "subprocess.Popen[str]") -> None:
        self._running = running

    def asks(self) -> None:
        """Until it says that it asks what became of its write."""
        assert self._running.stderr is not None
        assert "Asking it whether" in self._running.stderr.readline()

    def end(self) -> tuple[int, str, str]:
        """Its exit code, and what it wrote on both."""
        out, err = self._running.communicate(timeout=60)
        return self._running.returncode, out, err


def _notes(ground: Ground) -> int:
    return len(ground.tickets.conversation(ground.only()).messages) - 1


def test_a_command_whose_write_stands_ends_well_when_the_server_is_back(
    ground: Ground, wire: AwayWire
) -> None:
    with _noting(ground, wire, "after", 60) as command:
        command.asks()
        wire.mend()
        code, out, err = command.end()
    assert (code, err) == (0, "") and out and _notes(ground) == 1


def test_a_command_whose_write_never_came_says_so_when_the_server_is_back(
    ground: Ground, wire: AwayWire
) -> None:
    with _noting(ground, wire, "before", 60) as command:
        command.asks()
        wire.mend()
        code, out, err = command.end()
    assert code == OFFLINE and not out
    assert "nothing of it is there; do it again" in err and _notes(ground) == 0


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_command_whose_server_stays_away_names_the_ticket_and_claims_nothing(
    ground: Ground, wire: AwayWire, where: str
) -> None:
    with _noting(ground, wire, where, 0.3) as command:
        command.asks()
        code, out, err = command.end()
    assert code == OFFLINE and not out
    assert "is not known; look at ticket 1 with" in err
    assert "nothing" not in err.lower() and _notes(ground) == (where == "after")
