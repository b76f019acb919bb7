"""Every Problem has complete sentences."""

import re

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.error_about import ABOUT
from deskapp.ui.error_about_orders import ABOUT_ORDERS
from deskapp.ui.error_about_queries import ABOUT_QUERIES
from deskapp.ui.error_about_sources import ABOUT_SOURCES
from deskapp.ui.error_facts import MISSING_FACTS
from deskapp.ui.error_texts import TEXTS
from deskapp.ui.errors import explain


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_says_what_happened_what_is_safe_and_what_to_do(kind: ProblemKind) -> None:
    told = explain(Problem(kind))
    for sentence in (told.happened, told.safe, told.todo):
        assert sentence[-1] in ".?…", sentence
        assert not re.search(r"(?<!{){\w+}(?!})", sentence), f"a fact was not filled in: {sentence}"
    assert told.title and told.title[-1] != "."
    assert kind.value in told.details


def test_every_fact_that_a_sentence_names_has_a_neutral_word() -> None:
    named = {
        name
        for sentences in (TEXTS, ABOUT, ABOUT_ORDERS, ABOUT_QUERIES, ABOUT_SOURCES)
        for texts in sentences.values()
        for text in texts
        for name in re.findall(r"(?<!{){(\w+)}", text)
    }
    assert named <= set(MISSING_FACTS)


def test_the_servers_own_words_are_shown_as_they_are_even_with_braces() -> None:
    told = explain(Problem(ProblemKind.SERVER_REFUSED, host="mail.example", said="no {host} {x"))
    assert told.happened == "mail.example answered: no {host} {x."
