"""The composer in a draft of 20 000 characters: from a keystroke until it is painted, and what
saving costs the window's thread.

    python3 dev.py bench composer [CHARACTERS]

Runs offscreen. The screen's frame is 16.7 ms; the goal for a keystroke is 16 ms. "Own work" is
what the window's thread computed, without waiting for other programs on a busy machine.
"""

import gc
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from bench.big_desk import build
from deskapp.__main__ import ALLOCATIONS
from deskapp.domain.kinds import View
from deskapp.domain.rich_text import Block, Document, Shape, Span, of_plain
from deskapp.ui.application import prepare_application
from deskapp.ui.compose.composer import Composer
from deskapp.ui.work import Work
from deskapp.wiring import open_house

_STROKES = 300
_LINE = "Chào chị Châu, kiện hàng 順豐 đã rời kho hôm thứ Bảy и скоро будет у вас. "


def main(characters: int = 20_000) -> None:
    """Measures and prints."""
    gc.set_threshold(ALLOCATIONS)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "desk.db"
        build(path, 200).close()
        app = prepare_application(appearance="light")
        desk = open_house(str(path), agent_name="Anna", announce=lambda _change: None)
        work = Work(desk)
        composer = Composer(work)
        composer.resize(760, 420)
        composer.show()
        [ticket, *_others] = desk.tickets.view_ids(View.ALL_OPEN)
        composer.open_ticket(desk.tickets.conversation(ticket))
        _until(app, lambda: composer.keeper.line("reply") is not None)
        composer.focus_reply()
        gc.freeze()
        try:
            for kind, draft in (
                ("paragraphs with forms", _with_forms(characters)),
                ("plain paragraphs", of_plain(("\n".join([_LINE] * 400))[:characters])),
                ("one paragraph", of_plain((_LINE * 400)[:characters])),
            ):
                _measure(app, composer, kind, draft)
        finally:
            composer.close_ticket()
            work.close()
            desk.close()


def _with_forms(characters: int) -> Document:
    made: list[Block] = []
    length = number = 0
    while length < characters:
        shape = Shape.BULLET if number % 5 == 3 else Shape.PARAGRAPH
        made.append(Block((Span(_LINE[:20], bold=True), Span(_LINE[20:])), shape))
        length, number = length + len(_LINE) + 1, number + 1
    return tuple(made)


def _measure(app: QApplication, composer: Composer, kind: str, draft: Document) -> None:
    editor = composer.at.editor
    editor.replace_document(draft)
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().characterCount() // 2)
    editor.setTextCursor(cursor)
    app.processEvents()
    strokes, own = [], []
    for place in range(_STROKES):
        letter = "abcde "[place % 6]
        start, begun = time.perf_counter(), time.thread_time()
        for event in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            code = Qt.Key.Key_Space if letter == " " else Qt.Key(ord(letter.upper()))
            app.sendEvent(editor, QKeyEvent(event, code, Qt.KeyboardModifier.NoModifier, letter))
        editor.viewport().repaint()
        strokes.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.thread_time() - begun))
        app.processEvents()
    saves, saves_own = [], []
    for _ in range(20):
        editor.textCursor().insertText("x")
        start, begun = time.perf_counter(), time.thread_time()
        composer.flush()
        saves.append(1000 * (time.perf_counter() - start))
        saves_own.append(1000 * (time.thread_time() - begun))
        _until(app, lambda: not composer.keeper.line("reply").writes)  # type: ignore[union-attr]
    print(f"{kind}, {len(editor.text())} characters")
    print(f"  keystroke to paint: {_spread(strokes)}; own work {_spread(own)}")
    print(f"  autosave on the window's thread: {_spread(saves)}; own work {_spread(saves_own)}")


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    high = ordered[int(len(ordered) * 0.95) - 1]
    return f"p50 {statistics.median(ordered):.1f} ms, p95 {high:.1f} ms, max {ordered[-1]:.1f} ms"


def _until(app: QApplication, done: object) -> None:
    end = time.monotonic() + 20
    while callable(done) and not done() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
