"""What is wrong with a canned text is told as a fault of ours, never in the library's words."""

import random

import pytest

from deskapp.cli.errors import sentence
from deskapp.domain.canned import render
from deskapp.domain.canned_faults import Fault
from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain
from tests.domain.canned_fuzz import texts, variables

LEAKS = ("expected ", "found ", "positional", "_upcase", "dpipe", "rbracket", "end of file")


@pytest.mark.parametrize(
    ("text", "fault", "name"),
    [
        ("{{ customer.name", Fault.NOT_CLOSED, ""),
        ("{{ order.number } x", Fault.NOT_CLOSED, ""),
        ("a {% if x %}", Fault.TAG_OPEN, "if"),
        ("a {% unless x %}", Fault.TAG_OPEN, "unless"),
        ("{% comment %}", Fault.TAG_OPEN, "comment"),
        ("{% frobnicate %}", Fault.TAG_UNKNOWN, "frobnicate"),
        ("{% render 'x' %}", Fault.TAG_UNKNOWN, "render"),
        ("{% endif %}", Fault.TAG_ALONE, "endif"),
        ("{% else %}", Fault.TAG_ALONE, "else"),
        ("{{ customer.name | nope }}", Fault.FILTER_UNKNOWN, "nope"),
        ("{{ customer.name | upcase: 1 }}", Fault.FILTER_USE, "upcase"),
        ("{{ customer.name | truncate: 'x' }}", Fault.FILTER_USE, "truncate"),
        ("{{ }}", Fault.NOTHING_THERE, ""),
        ("{% if %}x{% endif %}", Fault.NOTHING_THERE, ""),
        ("{% if a = b %}{% endif %}", Fault.UNEXPECTED, "="),
        ("{{ a || b }}", Fault.UNEXPECTED, "||"),
        ("{{ customer name }}", Fault.UNEXPECTED, ""),
        ("{% include ticket.subject %}", Fault.INCLUDE_NAME, ""),
        ("{% for i in (1..400) %}{% for j in (1..400) %}x{% endfor %}{% endfor %}",
         Fault.TOO_MANY_ROUNDS, ""),
        ("{% if a %}" * 50 + "{% endif %}" * 50, Fault.TOO_DEEP, ""),
        ("x" * 100_001, Fault.TOO_LONG, ""),
    ],
)  # fmt: skip
def test_common_mistakes_have_a_fault_and_a_name(text: str, fault: Fault, name: str) -> None:
    with pytest.raises(Problem) as refused:
        render(text, variables())
    assert (refused.value.details["fault"], refused.value.details["name"]) == (fault, name)


def test_no_fault_speaks_in_the_librarys_words() -> None:
    told = set()
    for text in texts(random.Random(5), 400):
        try:
            render(text, variables())
        except Problem as problem:
            told |= {sentence(problem), explain(problem).happened}
    assert len(told) > 20
    assert [said for said in told if any(leak in said for leak in LEAKS)] == []


def test_every_fault_has_a_sentence_in_the_windows_and_the_commands() -> None:
    from deskapp.cli import canned_faults as commands
    from deskapp.ui import canned_faults as windows

    assert set(commands._WORDS) == set(windows._WORDS) == set(Fault)
