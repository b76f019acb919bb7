"""The database goes away twenty times under a person who works: nothing typed or pressed is
lost or done twice, the window never stands still, and everything is where it was when it is back.

Stopped and started, cut, frozen, its connections killed; in a real window over a real PostgreSQL.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.bridge import Bridge
from deskapp.ui.compose.editor import Editor
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.watching import watching
from deskapp.wiring import open_house
from tests.desk.ground import Ground
from tests.desk.letters import letter

from .outages import WAYS, Outages, outages

pytestmark = pytest.mark.exam

TICKETS, TIMES, KEYS = 300, 20, 24
_AWAY_MS, _BACK_MS, _BEAT_MS = 2500, 90_000, 5
_MOST_BLOCKED_MS = 1000


@dataclass
class Person:
    """Sits before the window: types, sets tags, scrolls. ``typed`` is what he has typed."""

    page: InboxPage
    shell: Shell
    qtbot: QtBot
    typed: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def editor(self) -> Editor:
        return self.page.conversation.composer.at.editor

    def type(self, words: str) -> None:
        for letter_ in words:
            self.qtbot.keyClick(self.editor, letter_)
            self.qtbot.wait(8)
        self.typed += words

    def tag(self, name: str) -> None:
        self.page.actions_on_tickets.apply(TicketEdit(add_tags=(name,)))
        self.tags.append(name)

    def place(self) -> tuple[object, ...]:
        """Where he is: nothing of it may move by itself."""
        listed, messages = self.page.list.list, self.page.conversation.messages
        cursor = self.editor.textCursor()
        return (
            listed.current(),
            listed.verticalScrollBar().value(),
            messages.verticalScrollBar().value(),
            cursor.position(),
            cursor.anchor(),
            self.editor.hasFocus(),
        )


class Beats:
    """The longest time in which the window could do nothing."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - _BEAT_MS)
        self._last = now


@pytest.fixture
def database() -> Iterator[Outages]:
    with outages() as made:
        ground = Ground(made.url)
        ground.arrive(
            *(letter(f"parcel {n}", sender=f"c{n}@c.example", hours=n / 60) for n in range(TICKETS))
        )
        ground.database.close()
        yield made


@pytest.fixture
def sat_down(database: Outages, tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Person, Desk]]:
    """A person before a window on that desk, a ticket open and its reply begun."""
    with ExitStack() as house:
        bridge = Bridge()
        desk = open_house(
            database.url,
            agent_name="Anna",
            announce=bridge.changed.emit,
            tell_line=bridge.line.emit,
        )
        house.callback(desk.close)
        work = Work(desk)
        house.callback(work.close)
        house.enter_context(watching(desk, bridge.changed.emit))
        shell = Shell(work, bridge, Remembered(tmp_path / "windows.ini"), "Shop")
        qtbot.addWidget(shell)
        shell.resize(1440, 900)
        with qtbot.waitExposed(shell):
            shell.show()
        yield _seated(shell, qtbot), desk


def _seated(shell: Shell, qtbot: QtBot) -> Person:
    page = shell.page("inbox")
    assert isinstance(page, InboxPage)
    page.show_view("all_open")
    listed = page.list.list
    qtbot.waitUntil(lambda: listed.tickets.rowCount() == TICKETS, timeout=20_000)
    ticket = TicketId(listed.tickets.id_at(40))
    listed.choose(ticket)
    keeper = page.conversation.composer.keeper
    qtbot.waitUntil(lambda: keeper.line("reply") is not None, timeout=20_000)
    page.actions_on_tickets.reply.trigger()
    listed.verticalScrollBar().setValue(listed.verticalScrollBar().maximum() // 9)
    return Person(page, shell, qtbot)


def test_twenty_outages_under_a_person_who_works(
    sat_down: tuple[Person, Desk],
    database: Outages,
    qtbot: QtBot,
    tell: Callable[[str], None],
) -> None:
    person, desk = sat_down
    page, line, beats = person.page, person.shell.banner.line, Beats()
    ticket, backs = page.conversation.ticket, []
    assert ticket is not None
    for number in range(TIMES):
        way = WAYS[number % len(WAYS)]
        person.type(f"before {number:02} ")
        database.begin(way)
        person.tag(f"t{number:02}")
        person.type(f"during {number:02} ".ljust(KEYS))
        if way != "kill":
            qtbot.wait(_AWAY_MS)
        rows = page.list.list.tickets.rowCount()
        assert rows == TICKETS and page.conversation.ticket == ticket, "what was shown is gone"
        place = person.place()
        database.end(way)
        back = time.perf_counter()
        tags = set(person.tags)

        def returned(tags: set[str] = tags) -> bool:
            row = page.actions_on_tickets._row
            return not line.away and row is not None and tags <= set(row.tags)

        qtbot.waitUntil(returned, timeout=_BACK_MS)
        backs.append(time.perf_counter() - back)
        assert person.place() == place, f"moved by {way}"
        assert person.shell.banner.isHidden()
    person.page.conversation.composer.flush()
    qtbot.waitUntil(lambda: desk.replies.draft(ticket).body == person.typed, timeout=_BACK_MS)
    assert person.editor.text() == person.typed
    told = [one.new for one in desk.tickets.conversation(ticket).events]
    told = [one for one in told if one in person.tags]
    assert sorted(told) == sorted(person.tags), "a write was lost or doubled"
    assert all(
        one.kind is EventKind.TAGGED
        for one in desk.tickets.conversation(ticket).events
        if one.new in person.tags
    )
    assert beats.longest <= _MOST_BLOCKED_MS
    backs.sort()
    tell(
        f"{TIMES} outages ({', '.join(WAYS)}): {len(person.typed)} keystrokes, 0 lost; "
        f"{len(person.tags)} writes, 0 lost or doubled; window blocked {beats.longest:.0f} ms at "
        f"most; all back after {backs[len(backs) // 2]:.1f} s (p50), {backs[-1]:.1f} s at most"
    )


def test_what_is_sent_or_noted_while_the_desk_is_away_is_there_once(
    sat_down: tuple[Person, Desk],
    database: Outages,
    qtbot: QtBot,
    tell: Callable[[str], None],
) -> None:
    person, desk = sat_down
    composer, line = person.page.conversation.composer, person.shell.banner.line
    composer.set_undo_seconds(0)
    ticket, wanted = composer.keeper.ticket, []
    assert ticket is not None
    for number in range(2 * len(WAYS)):
        way, noted = WAYS[number // 2], number % 2
        focus = composer.focus_note if noted else composer.focus_reply
        focus()
        said = f"{'note' if noted else 'reply'} by {way}."
        qtbot.waitUntil(lambda: not person.editor.text().strip(), timeout=_BACK_MS)
        person.type(said)
        database.begin(way)
        composer.send()
        if way != "kill":
            qtbot.wait(_AWAY_MS)
        database.end(way)
        wanted.append(said)

        def there(said: str = said) -> bool:
            return not line.away and not composer.page.held and _times(desk, ticket, said) > 0

        qtbot.waitUntil(there, timeout=_BACK_MS)
    qtbot.wait(_AWAY_MS)
    counted = {said: _times(desk, ticket, said) for said in wanted}
    assert set(counted.values()) == {1}, counted
    assert len(desk.replies.outbox()) == len(WAYS)
    tell(f"{len(wanted)} replies and notes pressed in {len(wanted)} outages: each there once")


def _times(desk: Desk, ticket: TicketId, said: str) -> int:
    """How many messages of a ticket begin with this."""
    rows = desk.tickets.conversation(ticket).messages
    return sum(row.text.strip().startswith(said) for row in rows)
