"""Search lines: what people type, asked of a real FTS5 and of PostgreSQL's grammar."""

from collections.abc import Callable, Iterator

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.folding import fold
from deskapp.domain.search_query import SearchQuery, Term, parse_query, to_fts5, to_tsquery

MESSAGES = {
    1: "Where is my order ORD-1001? It has not arrived.",
    2: "您好，我的訂單還沒到，想退貨",
    3: "Đơn hàng của tôi chưa tới, tôi muốn hoàn tiền",
    4: "Когда придёт мой заказ? Хочу вернуть деньги",
    5: "Please refund order ORD1002, write to kim.lee@example.com",
    6: "It's the carrier's fault; the order arrived, not refunded (yet)",
}

Find = Callable[[str], set[int]]


@pytest.fixture(scope="module")
def find() -> Iterator[Find]:
    """Message numbers that a search line finds in FTS5."""
    desk = sqlite.connect(":memory:")
    desk.execute("CREATE VIRTUAL TABLE m USING fts5(x, tokenize='unicode61 remove_diacritics 0')")
    desk.executemany(
        "INSERT INTO m(rowid, x) VALUES (?, ?)", [(n, fold(t)) for n, t in MESSAGES.items()]
    )

    def found(words: str) -> set[int]:
        match = to_fts5(parse_query(words))
        if not match:
            return set()
        return {n for (n,) in desk.execute("SELECT rowid FROM m WHERE m MATCH ?", (match,))}

    yield found
    desk.close()


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("order", {1, 5, 6}),
        ("ORDER arrived ", {1, 6}),
        ('"not arrived"', {1}),
        ("“not arrived”", {1}),
        ("order -refund ", {1, 6}),
        ("order -refund*", {1}),
        ("order -refund* -arrived", set()),
        ("refu", {5, 6}),
        ("refu ", set()),
        ("order -refu", {1, 5, 6}),
        ('"not arr"', set()),
        ("refu* order ", {5, 6}),
        ('"not arr', {1}),
        ("1001", {1}),
        ("ord-1002", {5}),
        ("ORD-100", {1, 5}),
        ("订单", {2}),
        ("訂單", {2}),
        ("单订", set()),
        ("退货 订单", {2}),
        ("货", {2}),
        ("don hang", {3}),
        ("hoàn tiền", {3}),
        ("заказы ", {4}),
        ("придет", {4}),
        ("kim.lee@example.com", {5}),
        ("example.com", {5}),
        ("it's", {6}),
        ("carrier's (fault)", {6}),
    ],
)
def test_a_search_line_finds_these_messages(find: Find, words: str, numbers: set[int]) -> None:
    assert find(words) == numbers


@pytest.mark.parametrize(
    "words", ["", " ", '"', '""', "-", "- -", "*", "-refund", "?!…", "🎁", "\x00"]
)
def test_nothing_to_look_for_is_an_empty_query(words: str) -> None:
    query = parse_query(words)
    assert not query
    assert to_fts5(query) == to_tsquery(query) == ""


def test_the_question_to_postgresql_quotes_every_token() -> None:
    query = parse_query('ord-1001 -refund "not arrived" carr')
    assert to_tsquery(query) == (
        "('ord' <-> '1001') & ('not' <-> 'arrived') & ('carr':*) & !('refund')"
    )


def test_a_letter_is_a_beginning_and_a_han_letter_is_its_whole_word() -> None:
    assert parse_query("a").wanted == (Term(("a",), prefix=True),)
    assert parse_query("单").wanted == (Term(("单",)),)
    assert parse_query("ord-1").wanted == (Term(("ord", "1"), prefix=True),)


def test_the_same_word_twice_is_asked_once() -> None:
    assert parse_query("order Order ORDER ").wanted == (Term(("order",)),)


def test_a_pasted_page_is_asked_in_part(find: Find) -> None:
    query = parse_query(" ".join(f"word{n}" for n in range(5000)))
    assert sum(len(term.tokens) for term in query.wanted) == 128
    assert len(parse_query('"' + "one two three " * 500).wanted[0].tokens) == 128
    assert find(" ".join(MESSAGES[1] for _ in range(500))) == {1}


@given(st.text())
def test_whatever_is_typed_is_a_question_that_fts5_understands(find: Find, words: str) -> None:
    find(words)


@given(st.text(alphabet=st.sampled_from("ab-\"'*()^:&|!{}\\ NEAR订ё")))
def test_operators_are_only_letters_and_punctuation(find: Find, words: str) -> None:
    find(words)


@given(st.sampled_from(sorted(MESSAGES.values())), st.data())
def test_any_whole_words_copied_from_a_message_find_it(
    find: Find, text: str, data: st.DataObject
) -> None:
    words = text.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    quoted = '"' + " ".join(words[first:last]) + '"'
    number = next(n for n, message in MESSAGES.items() if message == text)
    assert number in find(quoted)


def test_an_empty_query_is_false() -> None:
    assert not SearchQuery()
    assert not SearchQuery(unwanted=(Term(("refund",)),))
