"""A mail that is long, cut, disguised, joined or has a mail inside: all of it can be reached."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import Direction
from deskapp.domain.mail import Address
from deskapp.mail.clean import CUT_MARK
from deskapp.mail.parse import parse_mail, read_attachment
from deskapp.ui.inbox.attachments import AttachmentChip
from deskapp.ui.inbox.mail_window import MailWindow
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.inbox.mail_cards import Web, button, letter, shown, web, words_of
from tests.ui.sample_desk import SampleDesk
from tests.ui.sample_rows import attachment, message

__all__ = ["web"]


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


def test_of_a_thousand_files_the_first_are_shown_and_the_others_by_a_button(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    files = tuple(attachment(number, f"{number}.pdf", "application/pdf") for number in range(1, 71))
    card = shown(message(1, Direction.IN, "x", attachments=files), work, shell, qtbot)
    assert len(card.findChildren(AttachmentChip)) == 60
    more = button(card, "show 10 more files")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(card.findChildren(AttachmentChip)) == 70 and more.isHidden()


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
