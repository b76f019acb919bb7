"""The Inbox as a person uses it: its list, what leaves it and comes back, how the page folds."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from deskapp import settings as kept_settings
from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.inbox.opening import opened
from tests.ui.inbox.test_conversation import shown_words
from tests.ui.sample_desk import SampleDesk
from tests.ui.sample_rows import ticket_row


def test_choosing_a_ticket_opens_it_with_its_card_and_marks_it_read(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    opened(page, qtbot, 1)
    qtbot.waitUntil(lambda: desk.tickets.read == [1])
    qtbot.waitUntil(lambda: "1,249,000 ₫" in shown_words(page))
    assert [card.message.id for card in page.conversation.messages.cards] == [1, 2, 3, 40]
    assert "Prefers calls after 18:00" in shown_words(page)


def test_the_selection_survives_a_new_order_of_the_list(
    page: InboxPage, desk: SampleDesk, bridge: Bridge, qtbot: QtBot
) -> None:
    opened(page, qtbot, 4)
    desk.tickets.ids.reverse()
    bridge.changed.emit(Changes(tickets=frozenset({TicketId(9)})))
    qtbot.waitUntil(lambda: page.list.list.tickets.id_at(0) == 10)
    assert page.list.list.selected() == [4]
    assert page.list.list.current() == 4
    assert page.conversation.ticket == 4


def test_a_ticket_that_leaves_the_list_stays_open_to_be_read(
    page: InboxPage, desk: SampleDesk, bridge: Bridge, qtbot: QtBot
) -> None:
    opened(page, qtbot, 4)
    desk.tickets.ids.remove(TicketId(4))
    bridge.changed.emit(Changes(tickets=frozenset({TicketId(4)})))
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 9)
    assert page.conversation.ticket == 4


def test_a_change_elsewhere_reads_neither_the_list_nor_the_conversation_again(
    page: InboxPage, desk: SampleDesk, bridge: Bridge, qtbot: QtBot
) -> None:
    opened(page, qtbot, 2)
    qtbot.waitUntil(lambda: desk.tickets.read == [2])
    qtbot.wait(400)  # what marking it read had to repaint is over
    asked = len(desk.tickets.asked)
    bridge.changed.emit(Changes(areas=frozenset({"canned"})))
    bridge.changed.emit(Changes(customers=frozenset()))
    qtbot.wait(400)
    assert len(desk.tickets.asked) == asked


def test_closing_goes_on_to_the_next_ticket(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    opened(page, qtbot, 3)
    page.actions_on_tickets.close.trigger()
    qtbot.waitUntil(lambda: bool(desk.tickets.edits))
    ticket, edit = desk.tickets.edits[0]
    assert (ticket, edit.status) == (3, TicketStatus.CLOSED)
    qtbot.waitUntil(lambda: page.list.list.current() == 4)


def test_many_tickets_are_changed_together(page: InboxPage, desk: SampleDesk, qtbot: QtBot) -> None:
    page.list.list.selectAll()
    assert "All 10 selected" in shown_words(page)
    page.actions_on_tickets.set_status(TicketStatus.SOLVED)
    qtbot.waitUntil(lambda: bool(desk.tickets.edits))
    assert len(desk.tickets.edits[0][0]) == 10


def test_somebody_elses_change_is_told_and_not_overwritten(
    page: InboxPage, desk: SampleDesk, shell: ShellActions, qtbot: QtBot
) -> None:
    opened(page, qtbot, 3)
    desk.tickets.rows_by_id[TicketId(3)] = replace(ticket_row(3), version=9)
    with qtbot.waitSignal(shell.troubled) as told:
        page.actions_on_tickets.set_status(TicketStatus.SOLVED)
    assert told.args[0].kind is ProblemKind.CHANGED_MEANWHILE


def test_a_search_without_an_answer_says_so_and_leads_back(page: InboxPage, qtbot: QtBot) -> None:
    page.search("<b>nothing</b>")
    qtbot.waitUntil(lambda: "Nothing matches “<b>nothing</b>”." in shown_words(page))
    back = next(b for b in page.findChildren(QPushButton) if b.text() == "Back to the view")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 10)
    assert not page.list.searching


def test_an_empty_view_says_why_and_what_comes_next(page: InboxPage, qtbot: QtBot) -> None:
    page.show_view("waiting")
    qtbot.waitUntil(lambda: "No customer owes you an answer." in shown_words(page))


def test_a_list_asked_for_while_the_database_is_away_comes_by_itself(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    desk.tickets.problem = Problem(ProblemKind.DATABASE_UNREACHABLE, place="db.example")
    with qtbot.waitSignal(page._work.stands):
        page.show_view("all")
    desk.tickets.problem = None
    qtbot.waitUntil(lambda: page.list.list.isVisible() and page.list.list.tickets.rowCount() > 0)


def test_a_database_that_is_busy_is_a_sentence_with_a_way_on(
    page: InboxPage, desk: SampleDesk, qtbot: QtBot
) -> None:
    desk.tickets.problem = Problem(ProblemKind.DATABASE_BUSY)
    page.show_view("all")
    qtbot.waitUntil(lambda: "The database is busy" in shown_words(page))
    desk.tickets.problem = None
    again = next(b for b in page.findChildren(QPushButton) if b.text() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.list.isVisible())


def test_held_mail_is_listed_with_its_reason(page: InboxPage, qtbot: QtBot) -> None:
    page.show_view("held")
    qtbot.waitUntil(lambda: "1 mail held" in shown_words(page))
    assert "too deep to read safely" in shown_words(page)


def test_the_views_and_the_card_fold_on_narrow_windows(page: InboxPage, qtbot: QtBot) -> None:
    assert page.views.isVisible() and page.card.isVisible()
    page.resize(1100, 700)
    assert page.views.isVisible() and not page.card.isVisible()
    page.resize(836, 560)
    assert not page.views.isVisible()
    page.resize(1376, 800)
    assert page.views.isVisible() and page.card.isVisible()


def test_a_folded_card_comes_back_by_its_button(page: InboxPage, qtbot: QtBot) -> None:
    opened(page, qtbot, 1)
    page.resize(1000, 700)
    qtbot.waitUntil(lambda: not page.card.isVisible())
    [button] = [one for one in page.findChildren(QPushButton) if one.text() == "Customer"]
    assert button.isVisible()
    button.click()
    assert page.card.isVisible() and not button.isVisible()


def test_the_height_of_lines_and_the_time_to_undo_are_those_of_the_settings(
    page: InboxPage, shell: ShellActions, bridge: Bridge, work: Work, qtbot: QtBot
) -> None:
    shell.outside.settings.density = "compact"
    shell.outside.settings.undo_seconds = 40
    assert not page.list.list.compact
    shell.keep_settings()
    assert page.list.list.compact
    assert page.conversation.composer.steps.undo_seconds == 40
    later = InboxPage(work, bridge, shell)  # as in a window of its own, or at the next start
    qtbot.addWidget(later)
    assert later.list.list.compact
    assert later.conversation.composer.steps.undo_seconds == 40


def test_compact_lines_chosen_at_the_list_are_a_setting(
    page: InboxPage, shell: ShellActions
) -> None:
    page.list._compact.trigger()
    assert page.list.list.compact
    assert kept_settings.load().density == "compact"
    page.list._compact.trigger()
    assert not page.list.list.compact
    assert kept_settings.load().density == "comfortable"


def test_a_ticket_opened_from_elsewhere_comes_into_sight(page: InboxPage, qtbot: QtBot) -> None:
    tickets = page.list.list
    tickets.setFixedHeight(240)
    tickets.choose(TicketId(10))
    tickets.scrollToTop()
    page.open_ticket(TicketId(10))  # it is the current one already
    shown = tickets.visualRect(tickets.currentIndex())
    assert tickets.viewport().rect().intersects(shown)
