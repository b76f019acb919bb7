"""Every Problem has its sentence and its exit code on the command line."""

import re

import pytest

from deskapp.cli.errors import exit_code, sentence
from deskapp.domain.problem import Problem, ProblemKind


@pytest.mark.parametrize("kind", list(ProblemKind))
def test_every_kind_is_a_whole_sentence_even_without_facts(kind: ProblemKind) -> None:
    told = sentence(Problem(kind))
    assert told.endswith(".")
    assert len(told) > 40
    assert not re.search(r"(?<!\{)\{\w+\}", told), "a fact was left unfilled"


def test_facts_stand_in_the_sentence_whatever_they_hold() -> None:
    told = sentence(Problem(ProblemKind.SERVER_REFUSED, host="mx.example", said="{host} [x] 550"))
    assert told.startswith("mx.example answered: {host} [x] 550")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ProblemKind.OFFLINE, 5),
        (ProblemKind.DATABASE_UNREACHABLE, 5),
        (ProblemKind.SIGN_IN_REFUSED, 4),
        (ProblemKind.INVALID, 2),
        (ProblemKind.NOT_FOUND, 1),
    ],
)
def test_exit_codes_are_those_of_the_contract(kind: ProblemKind, code: int) -> None:
    assert exit_code(Problem(kind)) == code
