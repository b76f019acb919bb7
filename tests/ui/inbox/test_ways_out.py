"""The ways out of a mail: browser, source, links, addresses, saved files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import Direction
from deskapp.domain.links import MailLink
from deskapp.ui.inbox import message_text
from deskapp.ui.inbox.browser_page import POLICY, browser_page
from deskapp.ui.inbox.links import follow_link, told_of_link
from deskapp.ui.inbox.opened_files import write_file
from deskapp.ui.inbox.original import OriginalDialog
from deskapp.ui.inbox.quarantine import WINDOWS_MARK, mac_mark, mark_as_foreign
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.inbox.mail_cards import REMOTE, SENDER, Web, card_of, letter, web, words_of
from tests.ui.sample_desk import SampleDesk
from tests.ui.sample_pictures import png
from tests.ui.sample_rows import message

__all__ = ["web"]


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
