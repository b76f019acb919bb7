"""Two reps on one desk: each sees what the other did, within two seconds."""

import time

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.tickets import TicketEdit
from deskapp.wiring import open_house
from tests.desk.letters import letter

from .shop import SOON_MS, Shop


def test_a_colleagues_change_is_on_screen_within_two_seconds(shop: Shop, qtbot: QtBot) -> None:
    shop.account.deliver(letter())
    shop.run("engine", "--once")
    shop.run("agent", "add", "Olga")
    with shop.window(qtbot, engine=False) as window:
        window.inbox.show_view("unassigned")
        window.wait_listed("Mai Lan")
        colleague = open_house(shop.url, agent_name="Olga")
        colleague.tickets.edit(TicketId(1), TicketEdit(status=TicketStatus.SOLVED))
        done = time.monotonic()
        qtbot.waitUntil(lambda: window.listed() == [], timeout=SOON_MS)
        took = time.monotonic() - done
        colleague.close()
    assert took < 2.0, f"seen after {took:.1f} s"
