"""The Inbox while it opens: the list first, what stands beside it a moment later."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import View
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.sample_desk import SampleDesk


def _opening(work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot) -> InboxPage:
    made = InboxPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(1376, 800)
    made.show()
    return made


def _made(page: InboxPage) -> set[str]:
    return {"conversation", "card", "held"} & vars(page).keys()


def test_conversation_and_card_are_made_once_the_list_stands(
    desk: SampleDesk, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot
) -> None:
    page = _opening(work, bridge, shell, qtbot)
    assert _made(page) == set()
    widths = page.panes.split.sizes()
    qtbot.waitUntil(lambda: _made(page) == {"conversation", "card"})
    assert page.list.list.tickets.row_at(0) is not None
    assert page.panes.split.sizes() == widths
    assert page.conversation.isVisible()
    assert page.card.isVisible()
    qtbot.waitUntil(lambda: page.views.count(View.MINE.value) >= 0)


def test_an_empty_list_has_its_conversation_too(
    desk: SampleDesk, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot
) -> None:
    desk.tickets.ids.clear()
    page = _opening(work, bridge, shell, qtbot)
    qtbot.waitUntil(lambda: _made(page) == {"conversation", "card"})


def test_a_ticket_wanted_before_the_list_stands_is_opened(
    desk: SampleDesk, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot
) -> None:
    page = _opening(work, bridge, shell, qtbot)
    page.open_ticket(TicketId(3))
    qtbot.waitUntil(lambda: page.conversation.conversation is not None)
    assert page.conversation.ticket == 3


def test_places_are_kept_though_the_window_closes_before_all_is_made(
    desk: SampleDesk, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot, tmp_path: Path
) -> None:
    page = _opening(work, bridge, shell, qtbot)
    page.save_places()
    assert _made(page) == set()
