"""The list's model: ids at once, rows by page, never more than it needs."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.ui.inbox.row_look import row_look, said_by, spoken
from deskapp.ui.inbox.ticket_model import TicketListModel
from deskapp.ui.pieces.paged_model import KEPT_ROWS, PAGE
from deskapp.ui.pieces.row import RowRole
from tests.ui.sample_rows import ticket_row

pytestmark = pytest.mark.usefixtures("qapp")


def ids(count: int) -> list[TicketId]:
    return [TicketId(number) for number in range(1, count + 1)]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = TicketListModel()
    model.show_ids(ids(250))
    model.take_rows([ticket_row(number) for number in range(1, 101)])
    qtmodeltester.check(model)


def test_only_the_page_in_sight_is_asked_for(qtbot: QtBot) -> None:
    model = TicketListModel()
    model.show_ids(ids(1000))
    with qtbot.waitSignal(model.rows_wanted) as asked:
        assert model.index(250, 0).data() == "…"
    assert asked.args == [list(range(201, 301))]


def test_a_page_is_asked_for_once_until_its_rows_come(qtbot: QtBot) -> None:
    model, asked = TicketListModel(), []
    model.rows_wanted.connect(asked.append)
    model.show_ids(ids(10))
    for _ in range(5):
        model.index(3, 0).data()
    assert len(asked) == 1
    model.take_rows([ticket_row(number) for number in range(1, 11)])
    assert model.index(3, 0).data() == ticket_row(4).subject
    assert len(asked) == 1


def test_rows_that_changed_while_they_were_on_their_way_are_asked_for_again(qtbot: QtBot) -> None:
    model, asked = TicketListModel(), []
    model.show_ids(ids(10))
    model.rows_wanted.connect(asked.append)
    model.index(3, 0).data()
    model.outdate()  # a change that the answer does not know yet
    model.take_rows([ticket_row(number) for number in range(1, 11)])
    model.index(3, 0).data()
    assert len(asked) == 2
    model.take_rows([ticket_row(4, subject="New")])
    assert model.index(3, 0).data() == "New"


def test_a_changed_row_stays_on_screen_until_the_new_one_is_here(qtbot: QtBot) -> None:
    model, asked = TicketListModel(), []
    model.show_ids(ids(10))
    model.take_rows([ticket_row(number) for number in range(1, 11)])
    model.rows_wanted.connect(asked.append)
    model.outdate([TicketId(4)])
    assert model.index(3, 0).data() == ticket_row(4).subject
    assert asked == [[4]]
    model.take_rows([ticket_row(4, subject="New")])
    assert model.index(3, 0).data() == "New"
    assert asked == [[4]]


def test_the_rows_kept_are_bounded() -> None:
    model = TicketListModel()
    model.show_ids(ids(3 * KEPT_ROWS))
    for start in range(1, 2 * KEPT_ROWS, PAGE):
        model.take_rows([ticket_row(number) for number in range(start, start + PAGE)])
    assert model.row_at(0) is None
    assert sum(model.row_at(place) is not None for place in range(3 * KEPT_ROWS)) == KEPT_ROWS


def test_a_row_is_one_sentence_for_a_screen_reader() -> None:
    model = TicketListModel()
    model.show_ids(ids(2))
    model.take_rows([ticket_row(2)])
    said = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Unread, 陳怡君, 訂單收到錯誤的尺寸, 2 h, Open, exchange"


def test_waiting_too_long_is_said_in_words_and_not_only_in_colour() -> None:
    now = datetime.now(UTC)
    late = row_look(ticket_row(1, waiting_since=now - timedelta(days=4)), now)
    assert (late.when, late.when_tone) == ("waits 4 days", "bad")
    assert "waits 4 days" in spoken(ticket_row(1, waiting_since=now - timedelta(days=4)), now)


def test_what_the_title_of_a_view_says_stands_on_none_of_its_rows() -> None:
    now, waiting = datetime.now(UTC), ticket_row(1, status=TicketStatus.WAITING)
    said = [chip.text for chip in row_look(waiting, now, None, said_by(View.WAITING)).chips]
    elsewhere = [chip.text for chip in row_look(waiting, now, None, said_by("")).chips]
    assert "waiting for customer" not in said and "waiting for customer" in elsewhere
    assert spoken(waiting, now).casefold().count("waiting for customer") == 1


def test_an_empty_subject_and_an_unknown_sender_have_words() -> None:
    look = row_look(ticket_row(1, subject=" \n", customer_name=""), datetime.now(UTC))
    assert (look.subject, look.who) == ("(no subject)", "Unknown sender")


def test_a_hundred_thousand_ids_are_shown_in_no_time() -> None:
    model, many = TicketListModel(), ids(100_000)
    started = time.perf_counter()
    model.show_ids(many)
    assert model.index(99_999, 0).data(RowRole.ID) == 100_000
    assert time.perf_counter() - started < 0.1


def test_rows_that_come_with_a_list_are_shown_without_being_asked_for(qtbot: QtBot) -> None:
    model, asked = TicketListModel(), []
    model.rows_wanted.connect(asked.append)
    model.show_ids(ids(10), [ticket_row(number) for number in range(1, 11)])
    assert model.index(3, 0).data() == ticket_row(4).subject
    assert asked == []


def test_news_of_hundreds_of_tickets_look_through_the_rows_that_are_here_and_not_the_list(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, asked = TicketListModel(), []
    model.show_ids(ids(100_000))
    model.take_rows([ticket_row(number) for number in range(1, 101)])
    model.rows_wanted.connect(asked.append)
    model.index(250, 0).data()  # on its way
    looked: list[int] = []
    monkeypatch.setattr(model, "place_of", looked.append)
    with qtbot.waitSignal(model.dataChanged):
        model.outdate(TicketId(number) for number in range(5, 60_000, 100))
    assert looked == []
    with qtbot.assertNotEmitted(model.dataChanged):
        model.outdate(TicketId(number) for number in range(90_000, 90_500))
    model.index(250, 0).data()
    model.index(4, 0).data()
    assert [part[0] for part in asked] == [201, 201, 5]


def test_single_places_are_found_without_a_table_of_all_and_many_are_right_too() -> None:
    model = TicketListModel()
    model.show_ids([TicketId(number) for number in range(1000, 0, -1)])
    assert [model.place_of(one) for one in (1000, 1, 5000, 400, 0, 7)] == [
        0,
        999,
        None,
        600,
        None,
        993,
    ]
