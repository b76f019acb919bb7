"""Choosing a ticket in the list, until its conversation is shown."""

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.ui.inbox.page import InboxPage


def opened(page: InboxPage, qtbot: QtBot, ticket: int) -> None:
    assert page.list.list.choose(TicketId(ticket))
    shown(page, qtbot, ticket)


def shown(page: InboxPage, qtbot: QtBot, ticket: int) -> None:
    qtbot.waitUntil(
        lambda: (
            page.conversation.conversation is not None
            and page.conversation.conversation.ticket.id == ticket
        )
    )
