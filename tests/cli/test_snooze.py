"""``ticket set N --snooze``: put aside and told without a window; the engine notes who is back."""

from datetime import UTC, datetime, timedelta

from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit
from deskapp.engine.once import run_once
from deskapp.wiring import open_house

from .program import Program


def test_a_ticket_is_put_aside_from_the_command_line(shop: Program) -> None:
    said = shop.run("ticket", "set", "1", "--snooze", "reply", code=2)
    assert "has ended" in said.err
    for number in ("1", "2"):
        shop.run("ticket", "set", number, "--status", "open")
    row = shop.json("ticket", "set", "1", "--snooze", "2126-12-01T09:00+00:00")
    assert (row["snoozed"], row["woke"]) == ("2126-12-01T09:00+00:00 or reply", False)
    kept = shop.json("ticket", "set", "1", "--snooze", "monday", "--keep-snoozed")
    assert "reply" not in kept["snoozed"]
    assert [one["number"] for one in shop.json("ticket", "list", "--view", "snoozed")] == [1]
    assert [one["number"] for one in shop.json("ticket", "list")] == [2]
    said = shop.run("ticket", "set", "1", "--snooze", "yesterday", code=2)
    assert "2026-12-01T09:00" in said.err
    assert shop.json("ticket", "set", "1", "--snooze", "none")["snoozed"] is None


def test_an_engine_that_starts_late_notes_the_time_that_it_was(shop: Program) -> None:
    until = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=5)
    desk = open_house(shop.desk)
    one = desk.tickets.by_number(1)
    desk.tickets.edit(one, TicketEdit(TicketStatus.OPEN, snooze=Snooze(until, True)))
    for _ in range(2):
        run_once(shop.desk)
    events = desk.tickets.conversation(one).events
    desk.close()
    assert [event.at for event in events if event.kind is EventKind.WOKE] == [until]
