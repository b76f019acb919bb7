"""Canned replies: what is known is filled in, what is not stays in sight and blocks sending."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.canned import (
    LONGEST_TEXT,
    includes_of,
    questions_of,
    render,
    variables_of,
)
from deskapp.domain.canned_include import circle
from deskapp.domain.canned_variables import NAMES, PLACEHOLDERS, canned_variables
from deskapp.domain.language_choice import choose_language
from deskapp.domain.placeholders import Unresolved, find_unresolved
from deskapp.domain.problem import Problem, ProblemKind

KIM = canned_variables(
    customer={"name": "Kim Lee", "email": "kim@example.com", "language": "en"},
    ticket={"number": 1042, "subject": "Where is it?", "status": "open"},
    agent={"name": "Anna Weber", "signature": "Anna\nThe shop"},
    order={"number": "ORD-1001", "tracking": "", "date": date(2026, 11, 3)},
    today=date(2026, 11, 21),
)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hi {{ customer.first_name }}!", "Hi Kim!"),
        ("{{customer.greeting}} #{{ticket.number}}", "Hello Kim, #1042"),
        ("{{ agent.first_name }}: {{ agent.signature }}", "Anna: Anna\nThe shop"),
        ("{{ order.date | date: '%e.%m.%Y' }} {{ today }}", "3.11.2026 2026-11-21"),
        ('{{ order.tracking | default: "soon" }}', "soon"),
        ('{{ order.nothing | upcase | default: "there" }}', "there"),
        ("{% if order.tracking %}sent{% else %}not sent{% endif %}", "not sent"),
        ("{% if order.total > 100 %}big{% else %}small{% endif %}", "small"),
        ("{% if customer.language == 'en' %}en{% endif %}", "en"),
        ("{% unless order.status contains 'paid' %}unpaid{% endunless %}", "unpaid"),
        ("{% case ticket.status %}{% when 'open' %}O{% endcase %}", "O"),
        ("{% assign n = order.number | downcase %}{{ n | append: '!' }}", "ord-1001!"),
        ("{{ ticket.subject | truncate: 6 }}", "Where…"),
        ("Just text, 100 % { of } it", "Just text, 100 % { of } it"),
        ("您好 {{ customer.name }}，谢谢", "您好 Kim Lee，谢谢"),
    ],
)
def test_what_is_known_is_filled_in(text: str, filled: str) -> None:
    rendered = render(text, KIM)
    assert rendered.text == filled
    assert rendered.unresolved == ()


def test_what_is_missing_stays_where_it_is_and_is_named() -> None:
    rendered = render("Hi {{ customer.name }}, see {{ order.tracking_url }}.", KIM)
    assert rendered.text == "Hi Kim Lee, see ⟦order.tracking_url⟧."
    assert rendered.unresolved == (Unresolved("order.tracking_url", 16, 36),)
    assert rendered.text[16:36] == "⟦order.tracking_url⟧"


@pytest.mark.parametrize(
    "text",
    [
        "{{ order.tracking }}",
        "{{ order.tracking | upcase | truncate: 3 }}",
        "{{ 'No ' | append: order.tracking | truncate: 4 }}",
        "{% assign t = order.tracking | strip %}{{ t }}",
        "{{ customer['phone'] }}",
        "{{ customer.name.nothing }}",
        "{{ nobody }}",
        "{{ now }}",
        "{{ customer }}",
        "{{ order | upcase }}",
        "{{ customer['a\nb'] }}",
        "{% raw %}{{ customer.name }}{% endraw %}",
        "Ask: ⟦which colour?⟧",
    ],
)
def test_nothing_missing_slips_through(text: str) -> None:
    assert render(text, KIM).unresolved


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_value_counts_as_missing(empty: str | None) -> None:
    assert render("{{ order.total }}", {"order": {"total": empty}}).text == "⟦order.total⟧"


def test_only_known_names_with_a_value_become_variables() -> None:
    variables = canned_variables(order={"number": "A1", "total": " ", "status": None, "cost": 3})
    assert variables["order"] == {"number": "A1"}


def test_today_is_missing_when_nobody_says_which_day_it_is() -> None:
    assert render("{{ today }}", {}).text == "⟦today⟧"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{{ customer.name", 1),
        ("a\nb {% if x %}", 2),
        ("a\n\n{% frobnicate %}", 3),
        ("a\n{{ customer.name | nope }}", 2),
        ("{% render 'passwords' %}", 1),
        ("{% capture x %}{% endcapture %}", 1),
        ("{% for i in (1..1000000) %}x{% endfor %}", 1),
        ("{% for i in (1..400) %}{% for j in (1..400) %}x{% endfor %}{% endfor %}", 1),
        ("{{ " + "a[" * 5000 + " }}", 1),
        ("{% if a %}" * 50 + "{% endif %}" * 50, 1),
        ("{{ customer.name | date: '%Q' }}", 1),
        ("x" * (LONGEST_TEXT + 1), 1),
        ("{% for i in (1..400) %}" + "x" * 1000 + "{% endfor %}", 1),
        ("{% assign x = 'xxxxxxxx' %}" + "{% assign x = x | append: x %}" * 20, 1),
    ],
)
def test_a_text_that_is_no_canned_reply_says_where_and_why(text: str, line: int) -> None:
    variables = {**KIM, "customer": {"name": date(2026, 1, 1)}}
    with pytest.raises(Problem) as problem:
        render(text, variables)
    assert problem.value.kind is ProblemKind.TEMPLATE_ERROR
    assert problem.value.details["line"] == line
    assert problem.value.details["fault"]


@given(st.text(alphabet=st.sampled_from("{}%| agent.name⟦⟧\"'\n"), min_size=1))
def test_a_customers_text_is_never_read_as_a_template(name: str) -> None:
    rendered = render(
        "<{{ customer.name }}>", {"customer": {"name": name}, "agent": {"name": "SECRET"}}
    )
    assert "SECRET" not in rendered.text
    assert rendered.unresolved == ()
    assert render(rendered.text, {"agent": {"name": "SECRET"}}).text == rendered.text


LIQUID_WORDS = (
    "{{ }} {% %} if endif for endfor i in (1..9) | append: default: date: customer .name 'x' "
    "order.total [ ] == assign a = case when endcase - 1 raw endraw # else elsif and > nil"
)


@given(st.lists(st.sampled_from(LIQUID_WORDS.split(" ")), max_size=25))
def test_any_text_is_filled_in_or_refused_in_time(parts: list[str]) -> None:
    started = time.perf_counter()
    try:
        render(" ".join(parts), KIM)
    except Problem as problem:
        assert problem.kind is ProblemKind.TEMPLATE_ERROR
    assert time.perf_counter() - started < 0.5


def test_only_whats_left_in_a_draft_is_found() -> None:
    draft = "Hi {{ customer.name | upcase }}, ⟦order.number⟧ {% if x %} [ok] {x}"
    assert [(found.name, draft[found.start : found.end]) for found in find_unresolved(draft)] == [
        ("customer.name", "{{ customer.name | upcase }}"),
        ("order.number", "⟦order.number⟧"),
        ("if x", "{% if x %}"),
    ]
    assert find_unresolved("Hello Kim, all is well.") == ()


@pytest.mark.parametrize("piece", ["{{ '", "{% '", "{{ a", "{{ } ", "{% % ", "{{ '{ ", "⟦a"])
@pytest.mark.parametrize("ending", ["", "}}", "%}"])
def test_thousands_of_begun_placeholders_are_looked_at_once(piece: str, ending: str) -> None:
    def taken(count: int) -> float:
        began = time.thread_time()
        find_unresolved(piece * count + ending)
        return time.thread_time() - began

    taken(100)
    assert taken(40_000) < 0.5  # each looking to the end: 20 s


@pytest.mark.parametrize("left", ["{{ '{{' }}", "{{ '{' }}", "{% if a == '{' %}", "{{{ a }}}"])
def test_braces_inside_a_placeholder_hide_none(left: str) -> None:
    assert find_unresolved(f"Hi {left}.")


def test_the_names_a_text_uses_are_listed_in_order() -> None:
    text = (
        "{% assign mine = order.total %}{{ customer.name }} {{ mine }}"
        "{% if ticket.number == 1 %}{{ customer.name | default: agent.name }}{% endif %}"
    )
    assert variables_of(text) == ("order.total", "customer.name", "ticket.number", "agent.name")


def test_every_placeholder_can_be_filled() -> None:
    facts = {group: {name: f"{group} {name}" for name in names} for group, names in NAMES.items()}
    variables = canned_variables(**facts, today=date(2026, 1, 1))
    text = " ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS)
    assert render(text, variables).unresolved == ()


@pytest.mark.parametrize(
    ("available", "wanted", "chosen"),
    [
        (["en", "vi", "ru"], "vi", "vi"),
        (["en", "vi"], "vi-VN", "vi"),
        (["en", "zh-Hans"], "zh-Hant", "zh-Hans"),
        (["en", "zh-Hans", "zh-TW"], "zh-Hant", "zh-TW"),
        (["zh-HK", "zh-CN"], "zh_TW", "zh-HK"),
        (["zh-Hant", "zh-CN"], "zh", "zh-CN"),
        (["de", "en-GB"], "fr", "en-GB"),
        (["pt-BR", "en"], "pt", "pt-BR"),
        (["de", "ru"], "fr", "de"),
        (["de", "ru"], "", "de"),
    ],
)
def test_a_missing_language_falls_back_to_the_nearest(
    available: list[str], wanted: str, chosen: str
) -> None:
    assert choose_language(available, wanted) == chosen


def test_without_any_text_there_is_no_language_to_choose() -> None:
    with pytest.raises(Problem) as problem:
        choose_language([], "en")
    assert problem.value.kind is ProblemKind.EMPTY


TEXTS = {
    "sign off": "Best,\n{{ agent.first_name }}\n",
    "a": 'A{% include "B" %}',
    "b": 'B{% include "a" %}',
    "deep": "{% if customer.language == 'en' %}{% include \"Sign off\" %}{% endif %}",
}


def test_one_reply_stands_inside_another_and_is_found_by_its_name() -> None:
    rendered = render('Hi.\n{% include "Sign Off" %}\nP.S.', KIM, TEXTS)
    assert rendered.text == "Hi.\nBest,\nAnna\nP.S."
    assert rendered.unresolved == ()
    assert render('{% include "deep" %}', KIM, TEXTS).text == "Best,\nAnna"


@pytest.mark.parametrize("text", ['{% include "gone" %}', '{% include "a" %}'])
def test_an_included_reply_that_is_missing_or_circular_blocks_sending(text: str) -> None:
    assert render(text, KIM, TEXTS).unresolved


@pytest.mark.parametrize(
    "text", ["{% include ticket.subject %}", "{% include %}", '{% include "a" with b %}']
)
def test_what_is_included_is_a_name_in_quotes(text: str) -> None:
    with pytest.raises(Problem) as caught:
        render(text, KIM, TEXTS)
    assert caught.value.kind is ProblemKind.TEMPLATE_ERROR


def test_the_names_a_text_includes_are_told_wherever_they_stand() -> None:
    text = '{% if x %}{% include "One" %}{% endif %}{% include "Two" %}{% include "One" %}'
    assert includes_of(text) == ("One", "Two")


def test_a_circle_of_replies_is_found_and_told() -> None:
    includes = {"a": ("b", "c"), "b": ("d",), "c": ("a",), "d": ()}
    assert circle("a", includes) == ("a", "c", "a")
    assert circle("b", includes) == ()
    assert circle("x", {"x": ("x",)}) == ("x", "x")


def test_what_only_the_agent_knows_is_asked_for_and_blocks_until_it_is_told() -> None:
    text = 'On {{ ask.delivery_day }}, {{ ask.days | default: "3" }} days, {{ ask.delivery_day }}.'
    assert questions_of(text) == ("delivery_day", "days")
    assert render(text, KIM).text == "On ⟦ask.delivery_day⟧, 3 days, ⟦ask.delivery_day⟧."
    told = {**KIM, "ask": {"delivery_day": "Monday {{ x }}"}}
    assert render(text, told).text.startswith("On Monday { { x } }, 3 days")
