"""A reply written on a train: it waits, says for what, and leaves once when the line is back."""

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from tests.desk.letters import letter

from .pictures import picture
from .shop import SOON_MS, Shop

WORDS = "Dear Lan, the parcel leaves our house today. Sent from the train."
LEAVES_MS = SOON_MS + 40_000


class Later:
    """A clock that a story can move on."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


def test_a_reply_sent_while_offline_waits_is_shown_and_leaves_once(
    shop: Shop, qtbot: QtBot
) -> None:
    shop.account.deliver(letter(message_id="mai@customer.example"))
    shop.run("engine", "--once")
    shop.line.cut()
    clock = Later()
    with shop.window(qtbot, now=clock) as window:
        window.shell.resize(1440, 900)
        window.inbox.show_view("all")
        window.wait_listed("Mai Lan")
        window.open(TicketId(1))
        window.composer.set_undo_seconds(0)
        window.write(WORDS)
        window.composer.at.send.main.click()
        qtbot.waitUntil(lambda: "1 waiting to be sent" in window.foot(), timeout=SOON_MS)
        qtbot.waitUntil(lambda: "support@ no connection since" in window.foot(), timeout=SOON_MS)
        picture(window.shell, "offline-1-waits")
        clock.by = timedelta(minutes=10)
        window.shell.status.read_again()
        qtbot.waitUntil(lambda: "1 answer not sent" in window.foot(), timeout=SOON_MS)
        panel = window.shell.show_outbox()
        qtbot.waitUntil(lambda: len(panel.cards) == 1, timeout=SOON_MS)
        picture(window.shell, "offline-2-late", panel)
        panel.hide()
        assert shop.sink.mails == []
        shop.line.mend()
        window.shell.sync_wanted.emit()
        qtbot.waitUntil(lambda: len(shop.sink.mails) == 1, timeout=LEAVES_MS)
        qtbot.waitUntil(lambda: "nothing waiting" in window.foot(), timeout=SOON_MS)
        qtbot.waitUntil(lambda: "no connection" not in window.foot(), timeout=SOON_MS)
        picture(window.shell, "offline-3-sent")
    shop.run("engine", "--once")
    [arrived] = shop.sink.mails
    assert b"Sent from the train" in arrived.content
    assert len(shop.account.mails("Sent")) == 1
