"""While a canned reply is written: what is offered at the caret, and what is marked as unknown."""

import pytest

from deskapp.domain.canned_filters import FILTERS
from deskapp.domain.canned_names import FILTER_NAMES, begun, unknown_words


def test_the_filters_that_are_offered_are_those_there_are() -> None:
    assert set(FILTER_NAMES) == set(FILTERS)


@pytest.mark.parametrize(
    ("before", "kind", "typed"),
    [
        ("Hi {{ cust", "name", "cust"),
        ("{{", "name", ""),
        ("{% if order.st", "name", "order.st"),
        ("{% if order.status == 'paid' and cust", "name", "cust"),
        ("{{ order.date | da", "filter", "da"),
        ("{{ order.date | date: '%d' | ", "filter", ""),
        ("{% en", "tag", "en"),
        ('{% include "Sig', "include", "Sig"),
    ],
)
def test_what_is_begun_is_told_by_where_it_stands(before: str, kind: str, typed: str) -> None:
    found = begun(before, ("Signature",))
    assert found is not None
    assert (found.kind, found.typed) == (kind, typed)


@pytest.mark.parametrize("before", ["Hi", "{{ customer.name }} and", "{% if x %} so", "{{ 'abc"])
def test_outside_and_in_quotes_nothing_is_offered(before: str) -> None:
    assert begun(before) is None


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{{ customer.name }} {{ ask.colour }} plain nonsense", []),
        ("{{ custmer.name | upcase }}", ["custmer.name"]),
        ("{{ customer.name | shout }}", ["shout"]),
        ("{% if order.stat == 'stat' %}x{% endif %}", ["order.stat"]),
        ("{% assign n = order.number %}{{ n }}{% for i in (1..3) %}{{ i }}{% endfor %}", []),
        ("{% frobnicate %}", ["frobnicate"]),
        ('{% include "Sign off" %} {% comment %} {{ x }} {% endcomment %}', []),
        ("{{ order.date | date: '%d.%m' }} {{ weekday }} {{ wekday", ["wekday"]),
    ],
)
def test_names_and_filters_that_nobody_knows_are_found(text: str, unknown: list[str]) -> None:
    assert [text[start:end] for start, end in unknown_words(text)] == unknown
