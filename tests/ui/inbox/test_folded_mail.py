"""A reply from a big mail program shows its answer, and one click shows what it repeats."""

from email.message import EmailMessage

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import View
from deskapp.domain.tickets import MessageRow
from deskapp.mail.clean import clean_html
from deskapp.mail.html_text import html_to_text
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.mail.quotes.html_clients import ANSWER, CLIENTS, OLD
from tests.ui.real_desk import bridge, desk, shell, work

__all__ = ["bridge", "desk", "shell", "work"]


def filed(desk: Desk, text: str, subtype: str) -> MessageRow:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Mai <mai@customer.example>", "Re: Order"
    mail.set_content(text, subtype=subtype)
    desk.intake.import_mails([mail.as_bytes()])
    [ticket] = desk.tickets.view_ids(View.ALL)
    [message] = desk.tickets.conversation(ticket).messages
    return message


@pytest.mark.parametrize(
    ("client", "subtype"),
    [("gmail", "html"), ("outlook for windows", "html"), ("qq", "plain"), ("mail.ru web", "plain")],
)
def test_the_quote_is_folded_and_comes_back_with_a_click(
    client: str, subtype: str, desk: Desk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    html = CLIENTS[client]
    text = html if subtype == "html" else html_to_text(clean_html(html))
    message = filed(desk, text, subtype)
    card = MessageCard(message, message.at, 600, work, shell)
    qtbot.addWidget(card)
    shown = card.text.body.toPlainText
    assert ANSWER in shown() and OLD not in shown()
    [fold] = [one for one in card.findChildren(QPushButton) if "quoted text" in one.text()]
    fold.click()
    assert ANSWER in shown() and OLD in shown()
    fold.click()
    assert OLD not in shown()


def test_a_card_makes_no_button_that_nobody_sees(
    desk: Desk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    message = filed(desk, "Where is my order?", "plain")
    card = MessageCard(message, message.at, 600, work, shell)
    qtbot.addWidget(card)
    card.resize(600, 200)
    card.show()

    def told() -> list[tuple[str, bool]]:
        lines = card.findChildren(ElidedLabel)
        return [(one.property("textSize"), one.isHidden()) for one in lines if "@" in one.text()]

    assert card.findChildren(QPushButton) == []
    assert told() == [(None, False)]
    card.resize(300, 200)  # too narrow for both: the address goes below the name
    qtbot.waitUntil(lambda: told() == [(None, True), ("small", False)])
