"""The card of a mail, shown, and an outside that notes what was asked for."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import Direction
from deskapp.domain.mail import Address, FetchedPictures
from deskapp.domain.tickets import MessageRow
from deskapp.mail.parse import parse_mail, read_attachment, read_page
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.outside import Outside
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.sample_desk import SampleDesk
from tests.ui.sample_pictures import png
from tests.ui.sample_rows import message

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
