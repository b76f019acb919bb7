"""The program as a person starts it: on a screen, driven by keys, with its own engine."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from deskapp.domain.ids import TicketId
from deskapp.wiring import open_house
from tests.desk.letters import letter
from tests.servers.process import need
from tests.servers.screen import Screen

from .shop import Shop

WORDS = "Half a sentence, and then"
LONGEST = 40.0


@contextmanager
def program(screen: Screen) -> Iterator[subprocess.Popen[bytes]]:
    """``deskapp`` without a command; killed, not asked, when the story is over."""
    running = subprocess.Popen(
        [sys.executable, "-m", "deskapp"],
        env=screen.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def until(condition: Callable[[], bool], what: str) -> None:
    """Waits for something that only the outside can see."""
    end = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.1)  # between two looks, not instead of one


class Keys:
    """Keys pressed on the screen, as a person would."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            [need("xdotool"), *words],
            env=self._screen.environment(),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return done.stdout.strip()

    def focus_window(self) -> bool:
        """Puts the main window in front; False while there is none."""
        found = self._xdotool("search", "--onlyvisible", "--name", "deskapp|Shop").split()
        if not found:
            return False
        self._xdotool("windowactivate", "--sync", found[-1])
        return True

    def press(self, *names: str) -> None:
        self._xdotool("key", "--clearmodifiers", *names)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "15", text)


@pytest.mark.timeout(180)
def test_a_draft_survives_kill_and_new_mail_comes_by_itself(shop: Shop, screen: Screen) -> None:
    shop.account.deliver(letter())
    desk = open_house(shop.url, agent_name="Anna")
    try:
        with program(screen):
            keys = Keys(screen)
            until(keys.focus_window, "no window")
            until(lambda: len(desk.tickets.view_ids("all")) == 1, "the engine filed nothing")
            until(lambda: _opened_by_keys(keys, desk), "the ticket was not opened")
            keys.press("ctrl+r")
            keys.type(WORDS)
            until(lambda: desk.replies.draft(TicketId(1)).body == WORDS, "the draft was not saved")
        assert desk.replies.draft(TicketId(1)).body == WORDS
    finally:
        desk.close()


def _opened_by_keys(keys: Keys, desk: object) -> bool:
    """Ctrl+Shift+F for the search field, then the ticket by its number."""
    keys.press("ctrl+shift+f")
    keys.type("1")
    keys.press("Down", "Return")
    rows = desk.tickets.rows([TicketId(1)])  # type: ignore[attr-defined]
    return not rows[0].unread
