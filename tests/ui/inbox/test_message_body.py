"""Opening a mail runs nothing, loads nothing, reads no file."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from deskapp.ui.inbox.message_body import MessageBody
from deskapp.ui.inbox.picture_decode import decode_pictures
from deskapp.ui.theme import Appearance, theme
from tests.ui.sample_pictures import png

HOSTILE = """
<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/refresh">
<link rel="stylesheet" href="file:///etc/passwd">
<style>@import url("file:///etc/hosts"); body { background: url(file:///etc/hostname) }</style>
</head>
<body background="file:///etc/passwd"><script>alert(1)</script>
<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/pixel.gif"><img src="/etc/hosts">
<img src="cid:other@mail"><img src="data:image/svg+xml,<svg/>"><iframe src="file:///etc"></iframe>
<table background="file:///etc/group"><tr><td background="x.png">cell</td></tr></table>
<form action="http://127.0.0.1:9"><input></form><object data="file:///etc/passwd"></object>
</body></html>
"""

_watched: list[tuple[str, object]] | None = None


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if _watched is not None and event in ("open", "socket.connect", "socket.getaddrinfo"):
        _watched.append((event, arguments[0] if event == "open" else arguments))


sys.addaudithook(_audit)


@pytest.fixture
def watched() -> Iterator[list[tuple[str, object]]]:
    """What Python opened or connected to meanwhile."""
    global _watched
    _watched = []
    yield _watched
    _watched = None


@pytest.fixture
def body(qtbot: QtBot) -> MessageBody:
    made = MessageBody(500)
    qtbot.addWidget(made)
    return made


def test_hostile_html_reads_no_file_and_asks_no_network(
    body: MessageBody, qtbot: QtBot, watched: list[tuple[str, object]]
) -> None:
    asked: list[str] = []
    answered = []
    genuine = MessageBody.loadResource

    class Spy(MessageBody):
        def loadResource(self, kind: int, name: QUrl | str) -> object:
            asked.append(name.toString() if isinstance(name, QUrl) else name)
            answered.append(genuine(self, kind, name))
            return answered[-1]

    spy = Spy(500)
    qtbot.addWidget(spy)
    spy.show_html(HOSTILE, {}, "en")
    spy.show()
    spy.grab()
    assert watched == []
    assert asked, "Qt asked for nothing: the test proves nothing"
    # Whatever Qt asks for is answered here; None would let it look for the file itself.
    assert all(answer is not None for answer in answered)
    assert all(
        image.size().width() == 1 and image.pixelColor(0, 0).alpha() == 0
        for image in answered
        if isinstance(image, QImage)
    )


def test_a_picture_inside_the_mail_is_shown_and_not_wider_than_the_pane(body: MessageBody) -> None:
    pictures = decode_pictures({"a@mail": png("red", 4000)})
    body.show_html('<img src="cid:a@mail">', pictures, "en")
    kind = QTextDocument.ResourceType.ImageResource.value
    image = body.loadResource(kind, QUrl("cid:a@mail"))
    assert 1 < image.width() <= 500
    assert image.pixelColor(1, 1) == QColor("red")


def test_a_drawing_that_could_refer_to_files_is_not_read(body: MessageBody) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    assert decode_pictures({"a@mail": drawing}) == {}
    body.show_html('<img src="cid:a@mail">', {}, "en")
    kind = QTextDocument.ResourceType.ImageResource.value
    assert body.loadResource(kind, QUrl("cid:a@mail")).width() == 1


def test_plain_text_with_tags_stays_text(body: MessageBody) -> None:
    text = '<b>bold</b> <img src="file:///etc/passwd"> &amp; 1 < 2'
    body.show_text(text, "en")
    assert body.toPlainText() == text


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_a_mail_stands_dark_on_white_paper_in_both_themes(
    body: MessageBody, appearance: Appearance
) -> None:
    theme().choose(appearance)
    try:
        body.show_text("first plain, then HTML", "en")
        body.show_html("<p>HHHHHHHHHHHHHHHH</p>", {}, "en")
        body.resize(300, 60)
        picture = body.grab().toImage()
    finally:
        theme().choose(Appearance.LIGHT)
    assert picture.pixelColor(290, 5) == QColor("white")
    tones = [
        picture.pixelColor(x, y).lightness() for x in range(150) for y in range(picture.height())
    ]
    assert min(tones) < 80, "no dark ink on the paper"


def test_empty_lines_at_the_end_of_a_mail_take_no_room(body: MessageBody) -> None:
    body.show_html("<p>one</p>", {}, "en")
    height = body.height()
    body.show_html("<p>one</p><p>&nbsp;</p><div><br><br></div><p></p>", {}, "en")
    assert body.height() == height
    body.show_html("<table><tr><td>cell</td></tr></table>", {}, "en")
    assert "cell" in body.toPlainText()


@pytest.mark.parametrize(
    "text", ["đơn #10482 chưa giao", "😀😀 order #10482", "订单 #10482，谢谢", "заказ №10482"]
)
def test_an_order_number_is_a_link_that_says_its_number(
    body: MessageBody, qtbot: QtBot, text: str
) -> None:
    for show in (
        lambda: body.show_text(text, "en"),
        lambda: body.show_html(f"<p>{text}</p>", {}, "en"),
    ):
        show()
        linked = _linked(body)
        assert [words.lstrip("#№") for words, _ in linked] == ["10482"]
        with qtbot.waitSignal(body.order_clicked) as clicked:
            body.anchorClicked.emit(QUrl(linked[0][1]))
        assert clicked.args[0].lstrip("#№") == "10482"


def test_web_and_mail_addresses_in_plain_text_are_links_without_their_full_stop(
    body: MessageBody, qtbot: QtBot
) -> None:
    body.show_text("See https://carrier.example/t?x=1. Or write to a.b@mail.example!", "en")
    assert _linked(body) == [
        ("https://carrier.example/t?x=1", "https://carrier.example/t?x=1"),
        ("a.b@mail.example", "mailto:a.b@mail.example"),
    ]
    with qtbot.waitSignal(body.link_clicked):
        body.anchorClicked.emit(QUrl("https://carrier.example/t?x=1"))
    assert body.toPlainText().startswith("See "), "a click must never navigate"


def _linked(body: MessageBody) -> list[tuple[str, str]]:
    found = []
    block = body.document().begin()
    while block.isValid():
        for part in block:
            fragment = part.fragment()
            if fragment.charFormat().isAnchor():
                found.append((fragment.text(), fragment.charFormat().anchorHref()))
        block = block.next()
    return found


def test_a_table_made_for_a_wider_window_fits_into_the_pane(body: MessageBody) -> None:
    cell = '<td width="300">cell</td>'
    body.show_html(f'<table width="900"><tr>{cell * 3}</tr></table>', {}, "en")
    assert body.document().documentLayout().documentSize().width() <= 500


def test_a_clicked_link_says_all_its_words_also_where_parts_are_bold(
    body: MessageBody, qtbot: QtBot
) -> None:
    html = '<p>see <a href="https://evil.example/x">www.<b>bank</b>.com</a> now</p>'
    body.show_html(html, {}, "en")
    body.show()
    at = body.toPlainText().index("bank") + 2
    place = QTextCursor(body.document())
    place.setPosition(at)
    spot = body.cursorRect(place).center()
    with qtbot.waitSignal(body.link_clicked) as clicked:
        qtbot.mouseClick(body.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert clicked.args == ["https://evil.example/x", "www.bank.com"]
