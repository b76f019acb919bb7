"""What is worth a notice, and when it is quiet."""

from dataclasses import replace
from datetime import time

import pytest

from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.notices import Happened, NoticeKind, is_quiet, notices_for

ME, OLGA = AgentId(1), AgentId(2)
ONE = Happened(
    1, EventKind.RECEIVED, TicketId(7), 7, "Where is it?", "Minh Châu", TicketStatus.OPEN,
    ME, None, calls_me=False, followed=False,
)  # fmt: skip


def kinds(*happened: Happened) -> list[NoticeKind]:
    return [one.kind for one in notices_for(ME, happened)]


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        (ONE, [NoticeKind.ANSWER]),
        (replace(ONE, assignee=OLGA), []),
        (replace(ONE, assignee=OLGA, followed=True), [NoticeKind.ANSWER]),
        (replace(ONE, kind=EventKind.CREATED, assignee=None), [NoticeKind.NEW_TICKET]),
        (replace(ONE, kind=EventKind.CREATED, assignee=OLGA), []),
        (replace(ONE, kind=EventKind.CREATED, assignee=None, by=OLGA), []),
        (replace(ONE, kind=EventKind.CREATED, assignee=None, status=TicketStatus.CLOSED), []),
        (replace(ONE, kind=EventKind.ASSIGNED, by=OLGA), [NoticeKind.ASSIGNED]),
        (replace(ONE, kind=EventKind.ASSIGNED, by=ME), []),
        (replace(ONE, kind=EventKind.ASSIGNED, by=OLGA, assignee=OLGA), []),
        (replace(ONE, kind=EventKind.NOTED, by=OLGA), []),
        (replace(ONE, kind=EventKind.NOTED, by=OLGA, calls_me=True), [NoticeKind.MENTION]),
        (replace(ONE, kind=EventKind.SEND_FAILED, by=ME), [NoticeKind.SEND_FAILED]),
        (replace(ONE, kind=EventKind.SEND_UNCERTAIN), [NoticeKind.SEND_FAILED]),
        (replace(ONE, kind=EventKind.SEND_FAILED, assignee=OLGA, by=OLGA), []),
        (replace(ONE, status=TicketStatus.SPAM), []),
    ],
)
def test_who_is_told_of_what(happened: Happened, told: list[NoticeKind]) -> None:
    assert kinds(happened) == told


def test_the_mail_that_begins_a_ticket_is_told_once() -> None:
    assert kinds(replace(ONE, kind=EventKind.CREATED), replace(ONE, event=2)) == [
        NoticeKind.NEW_TICKET
    ]


def test_several_answers_on_one_ticket_are_one() -> None:
    assert kinds(ONE, replace(ONE, event=2), replace(ONE, event=3)) == [NoticeKind.ANSWER]


@pytest.mark.parametrize(
    ("now", "begins", "ends", "quiet"),
    [
        ("20:00", "19:00", "08:00", True),
        ("07:59", "19:00", "08:00", True),
        ("08:00", "19:00", "08:00", False),
        ("12:30", "12:00", "13:00", True),
        ("13:00", "12:00", "13:00", False),
        ("12:30", "", "13:00", False),
        ("12:30", "12:00", "12:00", False),
        ("12:30", "noon", "13:00", False),
    ],
)
def test_quiet_hours(now: str, begins: str, ends: str, quiet: bool) -> None:
    assert is_quiet(time.fromisoformat(now), begins, ends) is quiet
