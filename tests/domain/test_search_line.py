"""The search line: operators between words, in every language, and odd signs that are just text."""

from datetime import UTC, datetime, timedelta

import pytest

from deskapp.domain.search_line import SearchLine, parse_line
from deskapp.domain.search_operators import OPERATORS, name_key
from deskapp.domain.search_query import Term

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def read(typed: str) -> SearchLine:
    return parse_line(typed, NOW)


@pytest.mark.parametrize(
    "typed",
    ["status:open", "trạng-thái:mở", "状态：打开", "狀態:打開", "статус:открытые", "STATUS:Open"],
)
def test_an_operator_is_read_in_every_language(typed: str) -> None:
    [fact] = read(f"parcel {typed}").facts
    assert (fact.name, fact.choices) == ("status", ("open",))
    assert read(f"parcel {typed} ").words.wanted == (Term(("parcel",)),)


def test_no_two_operators_share_a_name() -> None:
    keys = [name_key(name) for one in OPERATORS for name in {one.name, *one.also}]
    named = {(name_key(n), one.name) for one in OPERATORS for n in (one.name, *one.also)}
    assert len({key for key, _ in named}) == len(named), sorted(keys)


def test_the_beginning_of_a_value_stands_for_all_that_begin_so() -> None:
    assert read("status:o").facts[0].choices == ("open", "on_hold")
    assert read("has:att").facts[0].choices == ("attachment",)


def test_an_operator_still_without_a_value_says_nothing() -> None:
    assert not read("status:")
    assert read("order from:").words.wanted == (Term(("order",)),)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("before:2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("before:1.11.2026", datetime(2026, 11, 1, tzinfo=UTC)),
        ("before:2026年11月1日", datetime(2026, 11, 1, tzinfo=UTC)),
        ("after:2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("after:7d", NOW - timedelta(days=7)),
        ("after:7дней", NOW - timedelta(days=7)),
        ("sau:7ngày", NOW - timedelta(days=7)),
        ("after:今天", datetime(2026, 11, 22, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, moment: datetime) -> None:
    assert [fact.moment for fact in read(typed).facts] == [moment]


def test_waits_have_a_side_and_a_unit() -> None:
    facts = read("waiting:>2d waiting:<1h 等待：＞3天").facts
    assert [(fact.seconds, fact.longer) for fact in facts] == [
        (172_800, True),
        (3600, False),
        (259_200, True),
    ]


@pytest.mark.parametrize("typed", ["status:fantastic", "before:soon", "colour:red", "from:@"])
def test_what_no_operator_understands_is_searched_as_text_and_said(typed: str) -> None:
    line = read(typed)
    assert line.words and not line.facts
    assert line.as_text == (typed.partition(":")[0] + ":",)


@pytest.mark.parametrize(
    "typed", ["https://shop.example/a", "12:30", "Re: parcel", '"status: open"']
)
def test_colons_of_everyday_writing_are_no_operators(typed: str) -> None:
    line = read(typed)
    assert line.words and not line.facts and not line.as_text


def test_exclusions_and_quoted_values() -> None:
    line = read('-tag:vip from:"Tom Becker" -"not arrived" parcel ')
    assert [(fact.name, fact.tokens, fact.excluded) for fact in line.facts] == [
        ("tag", ("vip",), True),
        ("from", ("tom", "becker"), False),
    ]
    assert line.words.unwanted == (Term(("not", "arrived")),)
    assert line.exact == ("parcel",)


@pytest.mark.parametrize(
    "typed",
    ["", " ", ":", "::", "-", '"', '-"', "：", "a:b:c", "status:'\"", "\x00:\x00", "\ud800", "*:*",
     "from:" + "x" * 5000, "status:open " * 5000, "(((", "\u202efrom:\u202e", "-:-", "a" * 100_000],
)  # fmt: skip
def test_nothing_anybody_types_raises(typed: str) -> None:
    assert len(read(typed).facts) <= 32
