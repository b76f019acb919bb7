"""The forms of a reply: written and read back letter by letter, and cleaned when pasted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.domain.rich_reader import read_draft, read_foreign, read_own
from deskapp.domain.rich_text import (
    PICTURE,
    Block,
    Document,
    Picture,
    Shape,
    Span,
    is_plain,
    joined,
    letters,
    of_plain,
    pictures_in,
    put_in,
    readable,
    write_html,
)

LETTERS = st.text(st.sampled_from("aф訂đ👋 <&>\"'\t\u00a0=_\n"), max_size=8)
SPANS = st.builds(
    Span,
    LETTERS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "https://shop.example/?a=1&b=2"]),
) | st.builds(lambda number: Span(PICTURE, picture=Picture(f"p{number}", "a < b", 40)), st.just(1))
BLOCKS = st.builds(
    Block,
    st.lists(SPANS, max_size=4).map(joined),
    st.sampled_from(list(Shape)),
    st.integers(1, 4),
    st.booleans(),
).map(lambda block: _one_line_of_code(block))


def _one_line_of_code(block: Block) -> Block:
    """Lines of code are blocks of their own, and only lists have levels."""
    level = block.level if block.shape in (Shape.BULLET, Shape.NUMBER) else 1
    spans = block.spans
    if block.shape is Shape.CODE:
        spans = joined(
            Span(s.text.replace("\n", " "), s.bold, s.italic, s.code, s.link, s.picture)
            for s in spans
        )
    return Block(spans, block.shape, level, block.quote)


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=6).map(tuple))
def test_what_is_written_reads_back_letter_by_letter(document: Document) -> None:
    assert read_own(write_html(document)) == document


def test_a_list_in_a_list_and_a_quote_are_markup_that_others_know() -> None:
    html = write_html(
        (
            Block((Span("Vui lòng:"),)),
            Block((Span("one"),), Shape.NUMBER),
            Block((Span("deep"),), Shape.BULLET, 2),
            Block((Span("two", bold=True),), Shape.NUMBER),
            Block((Span("said"),), quote=True),
        )
    )
    assert "<ol><li>one<ul><li>deep</li></ul></li><li><b>two</b></li></ol>" in html
    assert html.endswith("said</p></blockquote>")


def test_plain_readers_get_signs_addresses_and_quotes() -> None:
    document = (
        Block((Span("See "), Span("our page", link="https://shop.example"), Span("."))),
        Block((Span("one"),), Shape.NUMBER),
        Block((Span("deep"),), Shape.BULLET, 2),
        Block((Span("two"),), Shape.NUMBER),
        Block((Span("said"),), quote=True),
        Block((Span("x = 1"),), Shape.CODE),
        Block((Span(PICTURE, picture=Picture("p", "label.png")),)),
        Block((Span("mail@shop.example", link="mailto:mail@shop.example"),)),
    )
    assert readable(document).split("\n") == [
        "See our page <https://shop.example>.",
        "1. one",
        "   - deep",
        "2. two",
        "> said",
        "    x = 1",
        "[label.png]",
        "mail@shop.example",
    ]


def test_from_right_to_left_is_said_to_the_readers_program() -> None:
    assert 'dir="rtl"' in write_html(of_plain("שלום abc"))
    assert 'dir="rtl"' not in write_html(of_plain("Chào שלום"))


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p style='color:red'>a <b>b</b></p><script>x()</script>", "<b>b</b>"),
        ("<b style='font-weight:400'>all</b> <i style='font-weight:700'>b</i>", "<b><i>b</i></b>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<blockquote><p>q</p></blockquote>", "q</p></blockquote>"),
        ("<pre>x  = 1\ny</pre>", "<pre>\nx  = 1\ny</pre>"),
        ("<a href='https://a.example'>x</a>", '<a href="https://a.example">x</a>'),
        ("<a href='javascript:alert(1)'>x</a>", "x</p>"),
        ("a<br><br>b", "a</p><p style=\"margin:0\"><br></p>"),
        ("<h2>Title</h2>text", "<b>Title</b>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
        ("<table><tr><td></td><td> b </td><td></td><td>d</td></tr></table>", "\tb \t\td"),
        ("", "<br>"),
    ],
)  # fmt: skip
def test_pasting_keeps_the_forms_we_know(pasted: str, kept: str) -> None:
    assert kept in write_html(read_foreign(pasted))


@pytest.mark.parametrize(
    "pasted",
    [
        "<img src='https://spy.example/1.gif' alt='x'>a",
        "<img src='cid:stolen'>a",
        "<img src='data:image/png;base64,AAAA'>a",
        "<p style='background:url(https://spy.example)'>a</p>",
        "<svg><image href='https://spy.example'/></svg>a",
        "<object data='file:///etc/passwd'>x</object>a",
        "<a href='file:///etc/passwd' onclick='x'>a</a>",
    ],
)
def test_nothing_pasted_brings_pictures_styles_or_places(pasted: str) -> None:
    made = write_html(read_foreign(pasted))
    assert made == write_html(of_plain("a"))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("<>/abulipre=\"' \n&;div"), max_size=120))
def test_any_pasted_markup_makes_a_document_that_reads_back(pasted: str) -> None:
    document = read_foreign(pasted)
    assert letters(read_own(write_html(document))) == letters(document)


def test_markup_counts_only_while_it_says_the_same_letters() -> None:
    bold = write_html((Block((Span("Hello", bold=True),)),))
    assert not is_plain(read_draft("Hello", bold))
    assert read_draft("Hello!", bold) == of_plain("Hello!")
    assert read_draft("old draft\n\nwith lines", "") == of_plain("old draft\n\nwith lines")


def test_text_put_in_takes_the_form_of_its_place() -> None:
    document = (Block((Span("Dear "), Span("Lan", bold=True))), Block((Span("x"),), Shape.BULLET))
    made = put_in(document, 7, "o\n")
    assert letters(made) == "Dear Lao\nn\nx"
    assert made[1].spans == (Span("n", bold=True),)
    assert letters(put_in(document, 99, "!")) == "Dear Lan\nx!"
    assert letters(put_in((), 0, "a\nb")) == "a\nb"


def test_pictures_are_named_once() -> None:
    one = Span(PICTURE, picture=Picture("p", "a"))
    assert pictures_in((Block((one, one)), Block((one,)))) == (Picture("p", "a"),)
