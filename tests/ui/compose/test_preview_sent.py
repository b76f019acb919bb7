"""The preview against what a mail server was really handed, for every way of quoting."""

import email
import email.policy
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

from PySide6.QtGui import QImage
from selectolax.lexbor import LexborHTMLParser

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.replies import CannedReply, Preview
from deskapp.mail.parse import parse_mail
from deskapp.mail.postman import Postman
from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.quote_button import Quoting
from tests.servers.smtp_sink import SmtpSink
from tests.ui.sample_pictures import png

from .counter import Counter

Show = Callable[[], None]
CANNED = "Chào chị {{ customer.first_name }},\nBảng kích thước / 尺寸表 / таблица размеров:\n"


def post(counter: Counter, sink: SmtpSink) -> EmailMessage:
    """Lets the postman take what waits to the server; the one mail that arrived there."""
    server = Server(sink.host, sink.port, Security.NONE, "support")
    ground, before = counter.ground, len(sink.mails)
    postman = Postman(
        ground.database,
        "test",
        lambda _one: (server, None),
        lambda: datetime.now(UTC),
        lambda *_: None,
    )
    sent = postman.send_due([ground.mailbox])
    assert sent == 1, counter.desk.replies.outbox()
    [mail] = sink.mails[before:]
    return email.message_from_bytes(mail.content, policy=email.policy.default)  # type: ignore[return-value]


def part(mail: EmailMessage, kind: str) -> str:
    [one] = [one for one in mail.walk() if one.get_content_type() == kind]
    return str(one.get_content()).replace("\r\n", "\n")


def words(html: str) -> list[str]:
    return (LexborHTMLParser(html).body.text(separator=" ") if html else "").split()


def send(counter: Counter, way: Quoting) -> Preview:
    """What the preview page shows, and then the reply leaves."""
    composer = counter.composer
    composer.at.quote.choose(way)
    composer.at.preview.click()
    page = composer.at.preview_page
    counter.qtbot.waitUntil(page.isVisible)
    line = composer.keeper.line(REPLY)
    assert line is not None
    shown = counter.desk.replies.preview(line.shown)
    assert page.text.toPlainText() == shown.text, "the page shows that"
    assert words(page.html.toHtml()) == words(shown.html) if shown.html else True
    with counter.qtbot.waitSignal(composer.sent):
        composer.send()
    counter.settle()
    return shown


def test_what_the_preview_shows_is_what_the_server_was_handed(
    counter: Counter, at_work: Show, smtp_sink: SmtpSink
) -> None:
    composer, desk = counter.composer, counter.desk
    composer.set_undo_seconds(0)
    table = desk.canned.keep_file("尺寸 bảng.png", "image/png", png("teal"))
    desk.canned.save(CannedReply(None, "Sizes", "", (("vi", CANNED),), 1, files=(table,)))
    at_work()
    picker, signatures = composer.canned.picker, []
    for way in (Quoting.NONE, Quoting.LAST, Quoting.ALL):
        counter.qtbot.keyClicks(composer.at.editor, ";sizes")
        counter.qtbot.waitUntil(lambda: picker.isVisible() and picker._filled is not None)
        picker._insert()
        composer.at.editor.insert("Trân trọng שלום\n  x < y & z")
        composer.at.editor.image_given.emit(QImage.fromData(png("teal")))
        line = composer.keeper.line(REPLY)
        assert line is not None
        counter.qtbot.waitUntil(lambda line=line: len(line.shown.files) == 2)  # type: ignore[misc]
        shown = send(counter, way)
        got = post(counter, smtp_sink)
        assert part(got, "text/plain").rstrip("\n") == shown.text.rstrip("\n"), way
        read = parse_mail(got.as_bytes())
        assert read.html == shown.html, way
        assert words(part(got, "text/html")) == words(shown.html), "and nothing hidden beside"
        [inline] = [one for one in got.walk() if one["Content-ID"]]
        assert [one for _, one in shown.pictures] == [inline.get_content()]
        [hung] = [one for one in got.walk() if one.get_content_disposition() == "attachment"]
        assert hung.get_filename() == "尺寸 bảng.png" and hung.get_content() == png("teal")
        signatures.append(shown.text.split("hôm nay thứ Tư")[0].count("Anna, Lotus"))
        assert ("> " in shown.text) is (way is not Quoting.NONE)
        counter.open(counter.ticket)
    assert signatures[0] == 1, "signed once on the ticket"
    assert "Anna, Lotus" not in _own_words(shown.text)


def test_a_plain_reply_leaves_as_the_letters_that_the_preview_shows(
    counter: Counter, at_work: Show, smtp_sink: SmtpSink
) -> None:
    counter.composer.set_undo_seconds(0)
    at_work()
    counter.composer.at.format_bar.plain.click()
    counter.composer.at.editor.insert("Xin chào,\n\n  訂單 — готово\n> not a quote")
    shown = send(counter, Quoting.LAST)
    got = post(counter, smtp_sink)
    assert [one.get_content_type() for one in got.walk()] == ["text/plain"]
    assert part(got, "text/plain").rstrip("\n") == shown.text.rstrip("\n")
    assert shown.html == ""


def _own_words(text: str) -> str:
    """What stands above the quote."""
    lines = text.split("\n")
    first = next(place for place, line in enumerate(lines) if line.startswith(">"))
    return "\n".join(lines[:first])
