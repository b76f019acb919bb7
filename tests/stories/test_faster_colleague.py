"""Anna writes an answer while Olga, at another window, sends hers first."""

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from tests.desk.letters import letter

from .pictures import picture
from .shop import SOON_MS, Shop, Window

OURS = "Hello Lan, I have asked the carrier and write again tomorrow."
FASTER = "Hello Lan, your parcel stands at the post office in Hue since this morning."


def test_a_reply_is_stopped_because_a_colleague_was_faster(shop: Shop, qtbot: QtBot) -> None:
    shop.account.deliver(letter(message_id="mai@customer.example"))
    shop.run("engine", "--once")
    shop.run("agent", "add", "Olga")
    with (
        shop.window(qtbot) as anna,
        shop.window(qtbot, engine=False, agent="Olga") as olga,
    ):
        anna.shell.resize(1440, 900)
        for window in (anna, olga):
            window.inbox.show_view("all_open")
            window.wait_listed("Mai Lan")
            window.open(TicketId(1))
            window.composer.set_undo_seconds(0)
        anna.write(OURS)
        olga.write(FASTER)
        _send(olga)
        qtbot.waitUntil(lambda: len(shop.sink.mails) == 1, timeout=SOON_MS)
        anna.wait_shown("post office in Hue")
        _send(anna)
        notice = anna.composer.at.notice
        qtbot.waitUntil(lambda: FASTER[:40] in notice.words.text(), timeout=SOON_MS)
        assert "Olga replied" in notice.words.text()
        assert anna.composer.at.editor.text() == OURS
        qtbot.waitUntil(lambda: "saved" in anna.composer.at.state.text(), timeout=SOON_MS)
        picture(anna.shell, "faster-1-stopped")
        assert len(shop.sink.mails) == 1 and shop.json("outbox", "list") == []
        # Of two windows without a screen sometimes neither is active, and keys go nowhere; that F9
        # does this is shown in tests/ui/compose/test_second_look.py.
        anna.composer.steps.send_anyway()
        qtbot.waitUntil(lambda: len(shop.sink.mails) == 2, timeout=SOON_MS)
        anna.wait_shown(FASTER, OURS)
        picture(anna.shell, "faster-2-both")
    first, second = (mail.content.decode() for mail in shop.sink.mails)
    assert "post office in Hue" in first and "asked the carrier" in second


def _send(window: Window) -> None:
    editor, keeper = window.composer.at.editor, window.composer.keeper
    editor.setFocus()
    window.composer.at.send.main.click()
    window.qtbot.waitUntil(
        lambda: editor.text() == "" or window.composer.at.notice.isVisible(), timeout=SOON_MS
    )
    assert keeper.ticket == TicketId(1)
