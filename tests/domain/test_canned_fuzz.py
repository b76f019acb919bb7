"""Three hundred canned texts nobody would write; five thousand of them are in the exams."""

import random

import pytest

from deskapp.domain.canned import questions_of, render, variables_of
from deskapp.domain.placeholders import find_unresolved
from deskapp.domain.problem import Problem, ProblemKind

from .canned_fuzz import listed, paths, texts, variables

INCLUDED = {"one": 'One {% include "two" %}', "two": 'Two {{ agent.name }} {% include "one" %}'}


@pytest.mark.parametrize("seed", range(3))
def test_only_listed_names_ever_come_to_something(seed: int) -> None:
    known, values = listed(), variables()
    for path in paths(random.Random(seed), 50):
        plain = path.replace("['", ".").replace("']", "")
        try:
            filled = render(f"<<{{{{ {path} }}}}>>", values)
        except Problem as problem:
            assert problem.kind is ProblemKind.TEMPLATE_ERROR
            continue
        if plain in known:
            assert filled.text == f"<<{known[plain]}>>"
        else:
            assert filled.unresolved, path


@pytest.mark.parametrize("seed", range(3))
def test_any_text_is_filled_in_or_refused_with_a_problem(seed: int) -> None:
    values = variables()
    for text in texts(random.Random(seed), 50):
        try:
            filled = render(text, values, INCLUDED)
            variables_of(text), questions_of(text)
        except Problem as problem:
            assert problem.kind is ProblemKind.TEMPLATE_ERROR
            assert problem.details["fault"]
        else:
            assert filled.unresolved == find_unresolved(filled.text)


def test_thousands_of_open_braces_are_refused_without_looking_for_their_ends() -> None:
    for opener in ("{", "{%", "{{ '"):
        with pytest.raises(Problem) as refused:
            render("Hi\n" + opener * 20_000, {})
        assert (refused.value.details["line"], refused.value.details["fault"]) == (2, "not_closed")
