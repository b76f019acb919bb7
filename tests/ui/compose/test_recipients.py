"""The chips of a reply say who their people are; Bcc leaves without a header."""

import email
from collections.abc import Callable

from pytestqt.qtbot import QtBot
from sqlalchemy import update

from deskapp.data.tables.people import contact_point
from deskapp.ui.compose.chips import ChipButton
from tests.desk.letters import START

from .counter import Counter

Show = Callable[[], None]


def _chips(counter: Counter) -> dict[str, tuple[str, str]]:
    field = counter.composer.at.recipients
    return {
        chip.text().partition(" ·")[0]: (str(chip.property("who")), chip.accessibleName())
        for chip in field.findChildren(ChipButton)
        if not chip.isHidden()
    }


def test_customer_unknown_and_bounced_are_told_in_words_and_not_by_colour_alone(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    fields = counter.composer.at.recipients
    fields.show()
    fields.cc.line.setText("mia@customer.example")
    fields.cc.finish()
    qtbot.waitUntil(
        lambda: {kind for kind, _ in _chips(counter).values()} == {"customer", "unknown"}
    )
    said = " ".join(name for _, name in _chips(counter).values())
    assert "customer" in said and "unknown" in said
    with counter.desk.database.writing() as unit:
        unit.connection.execute(update(contact_point).values(bounced_at=START))
    counter.composer.page.show_draft()
    qtbot.waitUntil(lambda: "bounced" in {kind for kind, _ in _chips(counter).values()})
    [chip] = [one for one in fields.to.findChildren(ChipButton) if not one.isHidden()]
    assert "came back for good" in chip.toolTip()


def test_a_blind_copy_is_in_the_envelope_and_in_no_header(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("Hello")
    counter.composer.at.recipients.bcc.line.setText("boss@shop.example")
    with qtbot.waitSignal(counter.composer.sent) as sent:
        counter.composer.send()
    [row] = counter.desk.replies.outbox()
    assert "boss@shop.example" in row.to
    raw = counter.desk.tickets.raw(sent.args[0].message)
    assert b"boss@" not in raw and email.message_from_bytes(raw)["Bcc"] is None
