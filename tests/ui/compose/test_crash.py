"""What was typed outlives its window: killed in the middle of a word, and with no database."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskapp.domain.ids import TicketId
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.ui.compose import Composer
from deskapp.ui.compose.journal import Journal
from deskapp.ui.compose.safe_keeping import put_in

from .counter import Counter

Show = Callable[[], None]

_TYPIST = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from deskapp.ui.compose import Composer
from deskapp.ui.work import Work
from deskapp.wiring import open_house
app = QApplication([])
desk = open_house(sys.argv[1], agent_name="Anna")
composer = Composer(Work(desk))
composer.keeper.safe.begin(Path(sys.argv[3]))
composer.show()
composer.open_ticket(desk.tickets.conversation(int(sys.argv[2])))
composer.focus_reply()
typed = []
def key():
    if composer.keeper.line("reply") is not None:
        QTest.keyClicks(composer.at.editor, "x")
        typed.append(time.monotonic())
        print(len(typed), time.monotonic(), flush=True)
beat = QTimer()
beat.timeout.connect(key)
beat.start(40)
app.exec()
"""


def test_killed_in_the_middle_of_a_word_at_most_a_second_of_typing_is_gone(
    counter: Counter, tmp_path: Path
) -> None:
    """Nobody pauses: a key every 40 ms, and the process dies by SIGKILL."""
    place = (counter.desk.database.address, str(counter.ticket), str(tmp_path / "unsaved"))
    run = [sys.executable, "-c", _TYPIST, *place]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said: list[tuple[int, float]] = []
    with subprocess.Popen(run, env=environment, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        for line in typist.stdout:
            said.append(_said(line))
            if len(said) == 70:
                typist.kill()
    again = _window(counter, tmp_path / "unsaved")
    counter.until(lambda: not list((tmp_path / "unsaved").glob("*/*.json")))
    kept = len(counter.desk.replies.draft(counter.ticket).body)
    counter.until(lambda: len(again.at.editor.text()) == kept)
    lost = [at for count, at in said if count > kept]
    assert 0 < kept <= len(said)
    # By the typist's own clock, which stands still together with its timers.
    assert not lost or lost[-1] - lost[0] <= 1.0, f"{len(lost)} letters"


def _said(line: str) -> tuple[int, float]:
    count, at = line.split()
    return int(count), float(at)


@pytest.fixture
def away(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No save arrives at the database."""

    def unreachable(_draft: Draft) -> Draft:
        raise Problem(ProblemKind.DATABASE_UNREACHABLE, host="db")

    with monkeypatch.context() as broken:
        broken.setattr(counter.desk.replies, "save", unreachable)
        yield broken


def test_text_of_a_window_that_ended_without_its_database_is_saved_by_the_next(
    counter: Counter, tmp_path: Path, away: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "unsaved"
    first = _window(counter, folder)
    first.at.editor.insert("Chào chị 👋 訂單")
    first.at.recipients.bcc.line.setText("boss@shop.example")
    first.at.recipients.finish()
    first.flush()
    counter.until(lambda: first.at.state.text().startswith("Not saved: "))
    _ends(first)
    away.undo()
    second = _window(counter, folder)
    counter.until(lambda: second.at.editor.text() == "Chào chị 👋 訂單")
    draft = counter.desk.replies.draft(counter.ticket)
    assert draft.body == "Chào chị 👋 訂單" and draft.caret == len(draft.body)
    assert draft.bcc == (Address("", "boss@shop.example"),)
    counter.until(lambda: list(folder.glob("*/*.json")) == [])


def test_what_was_typed_before_its_draft_came_is_kept_too(counter: Counter, tmp_path: Path) -> None:
    folder = tmp_path / "unsaved"
    first = _window(counter, folder, opened=False)
    with pytest.MonkeyPatch.context() as slow:
        slow.setattr(first.keeper, "ask_again", lambda: None)  # its answer never comes
        first.open_ticket(counter.desk.tickets.conversation(counter.ticket))
        first.at.editor.insert("early")
        counter.until(lambda: bool(list(folder.glob("*/*.json"))))
    _ends(first)
    second = _window(counter, folder)
    counter.until(lambda: second.at.editor.text() == "early")


def test_what_comes_back_while_the_draft_is_being_read_is_shown(
    counter: Counter, tmp_path: Path
) -> None:
    """The draft is read, the ended window's text is saved into it, then what was read arrives."""
    journal = Journal(tmp_path, f"{counter.desk.identity()}/{counter.desk.agent}")
    journal.keep({}, {(counter.ticket, "reply"): "early"})
    journal.release()
    read, back = threading.Event(), threading.Event()
    side, replies = counter.desk.side_threads, counter.desk.replies
    open_draft, save = side.open_draft, replies.save

    def read_late(ticket: TicketId) -> Draft | None:
        read.set()
        assert back.wait(60)
        return open_draft(ticket)

    def save_late(draft: Draft) -> Draft:
        assert read.wait(60)
        return save(draft)

    with pytest.MonkeyPatch.context() as slow:
        slow.setattr(side, "open_draft", read_late)
        slow.setattr(replies, "save", save_late)
        counter.composer.keeper.safe.returned.connect(lambda _draft: back.set())
        counter.composer.keeper.safe.begin(tmp_path)
        counter.open(counter.ticket)
        counter.until(lambda: counter.composer.at.editor.text() == "early")


def _window(counter: Counter, folder: Path, *, opened: bool = True) -> Composer:
    made = counter.new_composer()
    made.keeper.safe.begin(folder)
    counter.until(lambda: made.keeper.safe._journal is not None)
    if opened:
        counter.open(counter.ticket, made)
    return made


def _ends(window: Composer) -> None:
    """As a crash would: nothing more is written, and the lock is of a process that is no more."""
    window.keeper._pauses.stop()
    journal = window.keeper.safe._journal
    assert journal is not None
    journal.release()
    window.keeper.safe._journal = None


def test_a_sent_text_is_not_put_back_and_two_versions_both_stand(
    counter: Counter, tmp_path: Path
) -> None:
    replies = counter.desk.replies
    begun = replies.save(replace(replies.draft(counter.ticket), body="Hello"))
    journal = Journal(tmp_path, "me")
    place = (TicketId(counter.ticket), "reply")
    kept = replace(begun, body="Hello there", leave_at=datetime(2030, 1, 1, tzinfo=UTC))

    def put(draft: Draft) -> Draft | None:
        journal.keep({place: draft}, {})
        journal.release()
        reader = Journal(tmp_path, "me")
        assert Journal(tmp_path, "somebody else").left() == []
        [left] = reader.left()
        assert left.draft == draft  # every field comes through the file
        return put_in(counter.desk, left)

    assert put(begun) is None  # saved already
    done = put(kept)
    assert done is not None and (done.body, done.leave_at) == ("Hello there", kept.leave_at)
    both = put(replace(kept, body="Quite another text"))  # of an older version
    assert both is not None
    assert "Hello there" in both.body and "Quite another text" in both.body
    last = replies.save(replace(both, body="Good bye"))
    replies.send(last)
    assert put(last) is None
    assert replies.draft(counter.ticket).body == ""
