"""What is told of a line that broke in the middle of a command."""

from deskapp.cli.errors import sentence
from deskapp.domain.attempt import Attempt, note_commit
from deskapp.domain.problem import Problem, ProblemKind

LOST = Problem(ProblemKind.DATABASE_UNREACHABLE, what="not_written", said="gone")


def test_nothing_was_written_is_said_only_where_nothing_was() -> None:
    attempt = Attempt()
    assert "nothing of it is there" in sentence(attempt.told(LOST))
    with attempt.in_force():
        note_commit()
    assert "That part stands, the rest was not written" in sentence(attempt.told(LOST))
    other = Problem(ProblemKind.OUTCOME_UNKNOWN)
    assert attempt.told(other) is other
