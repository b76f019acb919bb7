"""A question that nobody waits for any more is ended, and its connection serves the next one."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from deskapp.data.database import Database
from deskapp.domain.stopping import Stop, Stopped, stoppable

_ENDLESS = {
    "sqlite": "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(3600)",
}


def test_what_is_being_answered_ends_and_the_next_question_is_answered(desk_url: str) -> None:
    database = Database(desk_url)
    stop, asks, raised = Stop(), threading.Event(), []

    def ask() -> None:
        try:
            with stop.in_force(), database.reading() as connection:
                asks.set()
                connection.execute(text(_ENDLESS[connection.dialect.name]))
        except OperationalError as ended:
            raised.append(ended)

    thread = threading.Thread(target=ask)
    thread.start()
    asks.wait()
    while thread.is_alive():  # it may not have begun: what has not is not ended
        stop.now()
        thread.join(0.05)
    assert len(raised) == 1
    for _ in range(5):  # each connection of the pool
        with database.reading() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
    database.close()


def test_a_question_taken_back_before_it_is_put_is_not_put(desk_url: str) -> None:
    database = Database(desk_url)
    stop = Stop()
    stop.now()
    with pytest.raises(Stopped), stop.in_force(), database.reading():
        pytest.fail("asked")
    database.close()


def test_what_comes_after_on_the_same_line_is_left_alone() -> None:
    stop, ended = Stop(), []
    with stop.in_force():
        with stoppable(lambda: ended.append("first")):
            pass
        with stoppable(lambda: ended.append("second")):
            stop.now()
    with stoppable(lambda: ended.append("somebody else's")):
        stop.now()
    assert ended == ["second"]
