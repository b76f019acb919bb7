"""What strangers write into names, subjects and file names stays words, in every window; and
everything on a card can be reached and told without a mouse."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import View
from deskapp.domain.links import MailLink
from deskapp.domain.tickets import MessageRow
from deskapp.mail.parse import parse_mail, read_attachment
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.attachments import AttachmentChip
from deskapp.ui.inbox.browser_page import MOST_DATA, browser_page
from deskapp.ui.inbox.links import follow_link, told_of_link
from deskapp.ui.inbox.mail_window import MailWindow
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.inbox.message_source import LooseMail
from deskapp.ui.inbox.new_ticket import NewTicketDialog
from deskapp.ui.inbox.original import OriginalDialog
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.pieces.labels import plain_tip
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, shell, work

__all__ = ["bridge", "desk", "shell", "work"]

EVIL = '<img src="file:///etc/passwd"><b>bold</b> &lt;i&gt; & co'
RICH = (
    "<b>x</b>", "&lt;b&gt;x", "<!doctype html>x", "<?xml version='1'?><b>", "a<b>c", "\n<b>x</b>",
    " <i>", "x &lt; y", "<!-- --><b>x</b>", "<a href='x'>y</a>", EVIL,
)  # fmt: skip


def evil_mail(files: int = 2) -> bytes:
    mail = EmailMessage()
    mail["From"] = f'"{EVIL.replace(chr(34), "")}" <boss@customer.example>'
    mail["To"] = f'"{EVIL.replace(chr(34), "")}" <a@shop.example>, b@shop.example'
    mail["Subject"] = EVIL
    mail.set_content(f"{EVIL}\n\nsee https://shop.example/?a=1&lt;b&gt; and mai@shop.example\n")
    mail.add_alternative(
        '<p>words <a href="https://evil.example/?a=1&amp;lt;b">https://bank.example</a></p>'
        '<img src="https://cdn.example/x.png"><blockquote>On Monday wrote:<p>old</p></blockquote>',
        subtype="html",
    )
    for number in range(files):
        mail.add_attachment(b"x", maintype="text", subtype="csv", filename=f"{number} {EVIL}.csv")
    return mail.as_bytes()


def loose(raw: bytes) -> LooseMail:
    return LooseMail(raw, parse_mail(raw), read_attachment)


def read_as_markup(top: QWidget) -> list[str]:
    """Every text of a stranger that some widget would show as HTML."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            found += [widget.text()] if re.search(r"[<&]", widget.text()) else []
        if isinstance(widget, QLabel) and widget.textFormat() is Qt.TextFormat.RichText:
            found.append(widget.text())
        if GuiQt.mightBeRichText(widget.toolTip()):
            found.append(widget.toolTip())
        if isinstance(widget, QTextBrowser):
            assert widget.openLinks() is False
    return found


def mnemonics(top: QWidget) -> list[str]:
    """Buttons where a stranger's "&" would vanish."""
    buttons = top.findChildren(QAbstractButton)
    return [one.text() for one in buttons if re.search(r"(?<!&)&(?!&)", one.text())]


@pytest.mark.parametrize("text", RICH)
def test_a_tool_tip_is_never_read_as_markup(text: str) -> None:
    assert not GuiQt.mightBeRichText(plain_tip(text))
    assert plain_tip(text).replace("\u200b", "") == text


def test_a_link_s_tool_tip_shows_its_address_as_it_is() -> None:
    address = "https://shop.example/?a=1&b=2&c=3"
    assert address in plain_tip(told_of_link(address, "here"))


def test_the_whole_inbox_shows_evil_names_as_words(
    desk: Desk, work: Work, shell: ShellActions, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.intake.import_mails([evil_mail()])
    [ticket] = desk.tickets.view_ids(View.ALL)
    page = InboxPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.show_view("all")
    page.open_ticket(ticket)
    qtbot.waitUntil(lambda: len(page.conversation.messages.cards) == 1)
    qtbot.waitUntil(lambda: any(EVIL in one.text() for one in page.findChildren(QLabel)))
    page.grab()  # elided labels set their tool tips when painted
    assert read_as_markup(page) == []
    assert mnemonics(page.conversation) == []


def windows() -> dict[str, Callable[[Work, ShellActions, QWidget], QWidget]]:
    return {
        "mail": lambda work, shell, host: MailWindow(loose(evil_mail()), work, shell, host),
        "source": lambda work, shell, host: OriginalDialog(shell, host, reason=EVIL),
        "ticket": lambda work, shell, host: NewTicketDialog(
            work, shell, host, MailLink(f"a@b.example, {EVIL}", EVIL, EVIL, EVIL)
        ),
    }


@pytest.mark.parametrize("name", list(windows()))
def test_windows_show_evil_names_as_words(
    name: str, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    window = windows()[name](work, shell, host)
    window.show()
    window.grab()
    assert read_as_markup(window) == []
    assert mnemonics(window) == []


@pytest.fixture
def chip(work: Work, shell: ShellActions, qtbot: QtBot) -> Iterator[AttachmentChip]:
    mail = loose(evil_mail())
    made = AttachmentChip(mail.message().attachments[0], mail, work, shell)
    qtbot.addWidget(made)
    yield made


def boxes(ask: Callable[[], object]) -> list[str]:
    """What would be read as markup in the box that ``ask`` opens; it is then closed."""
    found: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            found.append("no box")
            return
        found.extend(read_as_markup(box))
        found.extend([] if box.textFormat() is Qt.TextFormat.PlainText else [box.text()])
        box.reject()

    QTimer.singleShot(50, look)
    ask()
    return found


def test_questions_show_evil_names_as_words(chip: AttachmentChip) -> None:
    assert boxes(chip._is_wanted) == []
    assert boxes(chip._ask_open) == []
    evil = "https://evil.example/?&lt;b&gt;<b>x</b>"
    assert boxes(lambda: follow_link(chip, evil, "https://bank.com")) == []
    assert boxes(lambda: follow_link(chip, "file:///etc/<b>", "x")) == []


def test_a_thousand_files_and_a_name_of_sixty_thousand_letters_are_shown_in_part(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    raw = evil_mail(files=130).replace(b"<b>bold</b>", b"n" * 60_000, 1)
    mail = loose(raw)
    card = MessageCard(mail.message(), mail.message().at, 600, work, shell, source=mail)
    qtbot.addWidget(card)
    assert len(card.findChildren(AttachmentChip)) == 60
    assert max(len(one.text()) for one in card.findChildren(QLabel)) < 3000
    [more] = [one for one in card.findChildren(QPushButton) if "more file" in one.text()]
    more.click()
    more.click()
    assert len(card.findChildren(AttachmentChip)) == 130
    assert more.isHidden()


def test_one_picture_shown_a_thousand_times_does_not_fill_the_memory() -> None:
    message = loose(evil_mail()).message()
    picture = b"\x89PNG\r\n\x1a\n" + bytes(1024 * 1024)
    page = browser_page(message, '<img src="cid:a">' * 5000, {"a": picture})
    assert len(page) < MOST_DATA + 1024 * 1024
    assert page.count("data:image/png") > 1


def test_the_browser_page_runs_and_loads_nothing_whatever_its_subject() -> None:
    message: MessageRow = loose(evil_mail()).message()
    page = browser_page(message, '<p style="color:#fff">words</p>', {'"><script>': b"GIF89a"})
    assert page.count("<script") == page.count("<img") == page.count("<base") == 0
    assert page.index("Content-Security-Policy") < page.index("<title>")
    for rule in ("default-src 'none'", "form-action 'none'", "base-uri 'none'"):
        assert rule in page


def test_everything_on_a_card_is_reached_by_tab_and_has_a_name(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    mail = loose(evil_mail())
    host = QWidget()
    qtbot.addWidget(host)
    card = MessageCard(mail.message(), mail.message().at, 600, work, shell, source=mail)
    card.setParent(host)
    card.resize(600, 500)
    with qtbot.waitActive(host):
        host.show()
    reached: list[QObject] = []
    for _ in range(60):
        QTest.keyClick(host.focusWidget() or host, Qt.Key.Key_Tab)
        if (focus := QApplication.focusWidget()) is not None and focus not in reached:
            reached.append(focus)
    wanted = [
        one
        for one in (*card.findChildren(QAbstractButton), *card.findChildren(QTextBrowser))
        if one.isVisibleTo(host)
    ]
    assert len(wanted) >= 6
    assert [one for one in wanted if one not in reached] == []
    for one in wanted:
        words = one.text() if isinstance(one, QAbstractButton) else ""
        assert one.accessibleName() or words


def test_a_source_window_is_read_by_keyboard(work: Work, shell: ShellActions, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    source = OriginalDialog(shell, host)
    source.show_raw(evil_mail())
    [text] = source.findChildren(QPlainTextEdit)
    assert text.accessibleName() and text.focusPolicy() & Qt.FocusPolicy.TabFocus
