"""A mail fits its card, can be read, and costs the window no more than its length."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from deskapp.mail.clean import clean_html
from deskapp.ui.inbox.mail_document import put_text
from deskapp.ui.inbox.mail_markup import fit_images, legible, single_breaks
from deskapp.ui.inbox.message_body import MessageBody
from deskapp.ui.theme import theme

INK, PAPER = "#101010", "#ffffff"


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color:#eee">words</p>',
        '<font color="white">words</font>',
        '<p style="color:rgb(250, 250, 250)">words</p>',
        '<table bgcolor="#222222"><tr><td style="color:#333">words</td></tr></table>',
        '<table bgcolor="black"><tr><td>words</td></tr></table>',
        '<div style="background-color:#fafafa;color:#ffffff">words</div>',
        '<div style="color:#ffffff"><p><b>words</b></p></div>',
    ],
)
def test_words_that_nobody_could_see_get_another_colour(markup: str) -> None:
    shown = legible(markup, INK, PAPER)
    is_dark = "#222" in markup or "black" in markup
    assert f'<span style="color:{PAPER if is_dark else INK}">words</span>' in shown


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color:#999">words</p>',
        '<table bgcolor="#1a237e"><tr><td style="color:#fff">words</td></tr></table>',
        '<div style="color:#fff"><p style="background-color:#000">words</p></div>',
        '<p style="background-color:transparent;color:inherit">words</p>',
        '<p style="border-color:#ffffff">words</p>',
        "<p>no style</p>",
    ],
)
def test_words_that_can_be_seen_keep_their_colour(markup: str) -> None:
    assert legible(markup, INK, PAPER) == markup


def test_a_break_that_ends_a_block_is_no_line_of_its_own(qtbot: QtBot) -> None:
    assert single_breaks("<div>a<br></div>") == "<div>a</div>"
    assert single_breaks("<div><br></div>") == "<div>&nbsp;</div>"
    body = MessageBody(500)
    qtbot.addWidget(body)
    body.show_html(clean_html("<div>one</div><div><br></div><div>two</div>"), {}, "en")
    assert (
        body.toPlainText().split("\n") == ["one", "\xa0", "two"]
        or len(body.toPlainText().split("\n")) == 3
    )


def test_words_of_word_stand_without_gaps(qtbot: QtBot) -> None:
    def height(html: str) -> int:
        body = MessageBody(500)
        qtbot.addWidget(body)
        body.show_html(clean_html(html), {}, "en")
        body.show()
        return body.height()

    assert height("<p class=MsoNormal>a</p>" * 9) < height("<p>a</p>" * 9) * 0.7


@pytest.mark.parametrize("is_shown", [False, True])
def test_pictures_give_way_where_they_hold_a_table_open(is_shown: bool, qtbot: QtBot) -> None:
    body = MessageBody(480)
    qtbot.addWidget(body)
    if is_shown:
        body.show()
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    cell = '<td width="50%"><img src="cid:a" width="280" height="180"></td>'
    html = clean_html(f'<table width="600"><tr>{cell}{cell}</tr></table>')
    body.show_html(html, {"a": image}, "en")
    body.show()
    assert 400 < body.document().documentLayout().documentSize().width() <= 481


def test_pictures_keep_their_proportions() -> None:
    assert fit_images('<img width="1200" height="800">', 300) == '<img width="300" height="200">'
    assert fit_images('<img width="100" height="80">', 300) == '<img width="100" height="80">'
    assert fit_images('<img height="9999">', 300) == "<img>"


@pytest.mark.parametrize("word", ["#10234 ", "https://a.example/b ", "mai@shop.example "])
def test_links_are_laid_out_once_however_many(word: str, qtbot: QtBot) -> None:
    body = MessageBody(500)
    qtbot.addWidget(body)
    changes: list[int] = []
    body.document().contentsChange.connect(lambda *_at: changes.append(1))
    put_text(body.document(), word * 500, theme().colours, 1 << 40)
    assert len(changes) == 1
    body.show_html("<p>" + word * 500 + "</p>", {}, "en")
    assert len(changes) < 20


def test_the_number_of_links_in_one_part_is_bounded(qtbot: QtBot) -> None:
    body = MessageBody(500)
    qtbot.addWidget(body)
    body.show_text("#10234 " * 3000, "en")
    assert body.toPlainText().count("#10234") == 3000


@pytest.mark.parametrize("style", ["margin:-200px", "margin-top:-200px", "margin:-9em"])
def test_no_margin_pulls_a_text_out_of_sight(style: str, qtbot: QtBot) -> None:
    body = MessageBody(500)
    qtbot.addWidget(body)
    body.show_html(clean_html(f"<p>before</p>{f'<p style={style}>words</p>' * 20}"), {}, "en")
    body.show()
    assert body.height() > 20 * 10


def test_letters_that_qt_cannot_make_are_not_asked_for() -> None:
    for size in ("0", "0px", "-5px", "0.2pt", "9" * 12 + "px", "1.1.1px"):
        assert "font-size" not in clean_html(f'<p style="font-size:{size}">words</p>')
    assert "margin" not in clean_html(f'<p style="margin:{"9" * 12}px">words</p>')
