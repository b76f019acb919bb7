"""What a mail has elsewhere, or inside itself, and what a person may do with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import Direction
from deskapp.domain.links import MailLink
from deskapp.domain.mail import Address, FetchedPictures
from deskapp.domain.tickets import MessageRow
from deskapp.mail.clean import CUT_MARK
from deskapp.mail.parse import parse_mail, read_attachment, read_page
from deskapp.ui.inbox import message_text
from deskapp.ui.inbox.browser_page import POLICY, browser_page
from deskapp.ui.inbox.links import follow_link, told_of_link
from deskapp.ui.inbox.mail_window import MailWindow
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.inbox.opened_files import write_file
from deskapp.ui.inbox.original import OriginalDialog
from deskapp.ui.inbox.picture_bar import PictureBar
from deskapp.ui.inbox.quarantine import WINDOWS_MARK, mac_mark, mark_as_foreign
from deskapp.ui.outside import Outside
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.inbox.test_message_body import png
from tests.ui.sample_desk import SampleDesk
from tests.ui.sample_rows import attachment, message

SENDER = Address("News", "news@shop.example")


def letter(html: str, attached: EmailMessage | None = None) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "News <news@shop.example>", "Sale"
    mail.set_content(html, subtype="html")
    if attached is not None:
        mail.add_attachment(attached)
    return mail.as_bytes()


class Web:
    """Notes what was asked for."""

    def __init__(self, answer: FetchedPictures | None = None) -> None:
        self.asked: list[str] = []
        self.answer = answer

    def fetch(self, addresses: Mapping[str, str]) -> FetchedPictures:
        self.asked += addresses.values()
        return self.answer or FetchedPictures(dict.fromkeys(addresses, png("red")), {})


@pytest.fixture
def web(shell: ShellActions) -> Web:
    made = Web()
    shell.outside = Outside(
        read_mail=parse_mail,
        read_file=read_attachment,
        read_page=read_page,
        fetch_pictures=made.fetch,
        settings=shell.outside.settings,
    )
    return made


def card_of(raw: bytes, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot):  # type: ignore[no-untyped-def]
    """The card of a mail, as the desk would hand it out."""
    mail = parse_mail(raw)
    desk.tickets.raw = lambda _one: raw  # type: ignore[method-assign]
    row = message(
        1, Direction.IN, mail.text, html=mail.html, reply_html=mail.reply_html, sender=mail.sender
    )
    return shown(row, work, shell, qtbot)


def shown(row: MessageRow, work: Work, shell: ShellActions, qtbot: QtBot) -> MessageCard:
    card = MessageCard(row, datetime.now(UTC), 600, work, shell)
    qtbot.addWidget(card)
    card.resize(600, 400)
    card.show()
    return card


def words_of(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def button(widget: QWidget, words: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == words)


REMOTE = "<p>Sale</p><img src='https://cdn.example/a.png' alt='Lamp'><img src=http://cdn.example/b>"


def test_nothing_is_fetched_until_a_person_wants_it(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    bar = card.findChild(PictureBar)
    assert "2 pictures were not loaded" in words_of(bar)
    assert web.asked == [] and "<img" not in card.body.toHtml()
    with qtbot.waitSignal(bar.loaded):
        button(bar, "Show images").click()
    assert web.asked == ["https://cdn.example/a.png", "https://cdn.example/b"]
    assert "cdn.example" not in card.body.toHtml()
    assert card.body.toHtml().count("<img") == 2


def test_a_sender_is_allowed_for_good_and_asked_again_when_it_is_taken_back(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    first_card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    first = first_card.findChild(PictureBar)
    with qtbot.waitSignal(first.loaded):
        button(first, "Always for this sender").click()
    assert desk.pictures.allowed == {SENDER.key}
    second_card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    second = second_card.findChild(PictureBar)
    qtbot.waitUntil(lambda: button(second, "Not always for this sender").isVisible())
    qtbot.waitUntil(lambda: len(web.asked) == 4)
    button(second, "Not always for this sender").click()
    qtbot.waitUntil(lambda: desk.pictures.allowed == set())


def test_pictures_that_do_not_come_are_accounted_for_in_words(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    page = read_page(letter(REMOTE))
    names = list(page.pictures)
    web.answer = FetchedPictures({names[0]: b"<svg/>"}, {names[1]: "private"})
    bar_card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    bar = bar_card.findChild(PictureBar)
    with qtbot.waitSignal(bar.loaded):
        button(bar, "Show images").click()
    said = words_of(bar)
    assert "private network" in said and "no picture" in said


def test_a_counting_pixel_is_never_fetched(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    raw = letter("<p>Hi</p><img src='https://t.example/open?id=7' width=1 height=1>")
    bar_card = card_of(raw, desk, work, shell, qtbot)
    bar = bar_card.findChild(PictureBar)
    with qtbot.waitSignal(bar.loaded):
        button(bar, "Show images").click()
    assert web.asked == [] and "count who reads" in words_of(bar)


def test_a_long_mail_comes_in_parts_and_all_of_it_comes(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    html = "".join(f"<p>line {number}</p>" for number in range(3000))
    card = shown(message(1, Direction.IN, "x", html=html, reply_html=html), work, shell, qtbot)
    assert "line 10\n" in card.body.toPlainText()
    assert "line 2999" not in card.body.toPlainText()
    more = button(card, "Show the rest")
    for _ in range(20):
        if more.isVisible():
            more.click()
    assert not more.isVisible()
    lines = [line for line in card.body.toPlainText().split("\n") if line]
    assert lines == [f"line {number}" for number in range(3000)]


def test_a_long_plain_mail_comes_in_parts_too(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    text = "\n".join(f"dòng {number}" for number in range(5000))
    card = shown(message(1, Direction.IN, text), work, shell, qtbot)
    more = button(card, "Show the rest")
    assert more.isVisible()
    for _ in range(20):
        if more.isVisible():
            more.click()
    assert card.body.toPlainText() == text


def test_a_mail_that_was_cut_says_where_the_rest_is(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    html = "<p>x</p>" + CUT_MARK
    card = shown(message(1, Direction.IN, "x", html=html, reply_html=html), work, shell, qtbot)
    assert "longer than this" in words_of(card)


def test_folded_html_has_its_button_though_the_plain_form_folds_nothing(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    row = message(1, Direction.IN, "one", html="<p>one</p><p>quoted</p>", reply_html="<p>one</p>")
    card = shown(row, work, shell, qtbot)
    assert "quoted" not in card.body.toPlainText()
    next(one for one in card.findChildren(QPushButton) if "quoted text" in one.text()).click()
    assert "quoted" in card.body.toPlainText()


def test_a_disguised_sender_is_shown_with_the_real_address_and_a_warning(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    sender = Address("support@bank.com\u202e", "thief@аpple.com")
    row = message(2, Direction.IN, "x", sender=sender, defects=("several_from",))
    said = words_of(shown(row, work, shell, qtbot))
    assert "thief@xn--pple-43d.com" in said and "[U+202E]" in said
    for part in ("came from thief@", "hide or turn", "imitate", "several senders"):
        assert part in said


def test_how_a_mail_joined_is_said_on_its_card(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    row = message(2, Direction.IN, "x", joined_by="subject")
    assert "Joined by" in words_of(shown(row, work, shell, qtbot))
    marked = replace(row, marked=True, joined_by="claim")
    assert "no part in" in words_of(shown(marked, work, shell, qtbot))


def test_a_mail_in_a_mail_opens_like_a_mail_with_its_own_files(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot, tmp_path: Path
) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Tom <tom@customer.example>", "Adresse ändern"
    inner.set_content("Guten Tag")
    inner.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="neu.pdf")
    raw = letter("<p>See below</p>", inner)
    [info] = [one for one in parse_mail(raw).attachments if one.content_type == "message/rfc822"]
    desk.tickets.attachment = lambda _one: (  # type: ignore[method-assign]
        attachment(1, "x.eml", "message/rfc822"), read_attachment(raw, info.index)[1]
    )  # fmt: skip
    files = (attachment(1, info.filename, "message/rfc822"),)
    card = shown(message(1, Direction.IN, "x", attachments=files), work, shell, qtbot)
    [chip] = [one for one in card.findChildren(QWidget) if type(one).__name__ == "AttachmentChip"]
    chip.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(_windows(MailWindow)))
    window = _windows(MailWindow)[0]
    assert "Adresse ändern" in window.windowTitle()
    assert "tom@customer.example" in words_of(window)
    assert window.card.body.toPlainText() == "Guten Tag"
    [file] = [one for one in window.findChildren(QWidget) if type(one).__name__ == "AttachmentChip"]
    place = tmp_path / "neu.pdf"
    with qtbot.waitSignal(shell.told):
        file.save(place)
    assert place.read_bytes() == b"%PDF-1"
    window.reject()


def _windows(kind: type[QDialog]) -> list:  # type: ignore[type-arg]
    return [one for one in QApplication.topLevelWidgets() if type(one) is kind and one.isVisible()]


def test_the_page_for_the_browser_is_clean_and_forbids_the_rest(qapp: object) -> None:
    row = message(1, Direction.IN, "x", subject="<script>alert(1)</script>", sender=SENDER)
    page = browser_page(row, '<p>Hi</p><img src="cid:a@b">', {"a@b": png("red"), "c": b"<svg/>"})
    assert f'content="{POLICY}"' in page and "default-src 'none'" in POLICY
    assert "<script" not in page and "&lt;script&gt;" in page
    assert 'src="data:image/png;base64,' in page and "<svg" not in page


def test_open_in_browser_hands_over_a_private_file(
    web: Web,
    desk: SampleDesk,
    work: Work,
    shell: ShellActions,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(message_text, "_open_page", opened.append)
    card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    card.text.open_in_browser()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].parent.stat().st_mode & 0o077 == 0
    assert "Sale" in opened[0].read_text("utf-8")
    assert "cdn.example" not in opened[0].read_text("utf-8")


def test_the_source_can_be_searched_and_hides_nothing(shell: ShellActions, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = OriginalDialog(shell, host, reason="Held: too many parts")
    dialog.show_raw(b"Subject: caf\xe9 \xe2\x80\xae\r\nX: <b>raw</b>\r\n\r\nbody")
    dialog.show()
    assert "Held: too many parts" in words_of(dialog)
    text = dialog._text.toPlainText()
    assert "<b>raw</b>" in text and "\\xe9" in text and "[U+202E]" in text
    dialog._words.setText("body")
    dialog.find_next()
    assert dialog._text.textCursor().selectedText() == "body"
    dialog._words.setText("nowhere")
    dialog.find_next()
    assert dialog._found.text() == "Not found"


def test_an_honest_link_opens_at_once_and_a_lying_one_asks_first(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    opened: list[QUrl] = []
    asked: list[str] = []

    def refuse(box: QMessageBox) -> int:
        asked.append(box.informativeText() or box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", refuse)
    follow_link(host, "https://www.shop.example/a", "Shop now", opened.append)
    assert [url.host() for url in opened] == ["www.shop.example"] and asked == []
    follow_link(host, "https://evil.example/", "www.bank.com", opened.append)
    assert len(opened) == 1 and "another place" in asked[0]
    follow_link(host, "file:///etc/passwd", "x", opened.append)
    follow_link(host, "javascript:alert(1)", "x", opened.append)
    assert len(opened) == 1 and len(asked) == 3
    written: list[str] = []
    follow_link(host, "mailto:a@b.example?subject=x", "Write", opened.append, written.append)
    assert written == ["mailto:a@b.example?subject=x"] and len(opened) == 1


def test_the_tool_tip_begins_with_the_host_in_the_networks_letters() -> None:
    told = told_of_link("https://xn--pple-43d.com/a?b=1", "apple.com").split("\n")
    assert told[0] == "xn--pple-43d.com"
    assert any("imitate" in line for line in told)
    assert told[-1] == "https://xn--pple-43d.com/a?b=1"


def test_a_mail_address_in_a_mail_fills_a_new_ticket(shell: ShellActions, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.mail_wanted) as wanted:
        shell.write_mail(MailLink("a@b.example", "", "Hi", ""))
    assert wanted.args[0].to == "a@b.example"


def test_saved_files_carry_the_mark_of_their_system(tmp_path: Path) -> None:
    place = tmp_path / "x.pdf"
    write_file(place, b"%PDF")
    assert [one.name for one in tmp_path.iterdir()] == ["x.pdf"], "no mark and no rest on Linux"
    mark_as_foreign(place, platform="win32")  # here a file of that name, there a stream of x.pdf
    assert (tmp_path / "x.pdf:Zone.Identifier").read_bytes() == WINDOWS_MARK
    assert mac_mark(0x65A1B2C3) == "0083;65a1b2c3;deskapp;"
