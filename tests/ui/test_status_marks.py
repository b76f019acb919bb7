"""Who fetches mail, where the program of the person here does not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskapp.ui.bridge import Bridge
from deskapp.ui.status_line import StatusLine
from deskapp.ui.work import Work
from tests.ui.sample_desk import SampleDesk


@pytest.fixture
def desk() -> SampleDesk:
    return SampleDesk()


@pytest.fixture
def line(desk: SampleDesk, qtbot: QtBot) -> Iterator[StatusLine]:
    """As a junior sees it."""
    desk.carries_mail = lambda: False
    work = Work(desk)  # type: ignore[arg-type]
    shown = StatusLine(work, Bridge())
    qtbot.addWidget(shown)
    shown.resize(1400, 28)
    shown.show()
    yield shown
    assert work.close()


def _said(line: StatusLine) -> str:
    return " ".join(one.text() for one in line.findChildren(QLabel) if one.isVisible())


def test_a_junior_is_told_that_nobody_fetches_and_then_that_colleagues_do(
    desk: SampleDesk, line: StatusLine, qtbot: QtBot
) -> None:
    rows = tuple(replace(row, lease_holder="") for row in desk.mailboxes.list())
    desk.mailboxes.list = lambda: rows
    qtbot.waitUntil(lambda: "nobody fetches or sends mail now" in _said(line))
    desk.mailboxes.list = lambda: tuple(replace(row, lease_holder="tower:1") for row in rows)
    line._age()  # nothing is announced when a colleague's program ends or begins
    qtbot.waitUntil(lambda: "fetched by colleagues" in _said(line))
    line.fetching.begin()
    assert "not by a junior's" in _said(line)
