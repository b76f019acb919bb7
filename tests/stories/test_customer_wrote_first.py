"""Replies that were to leave on Monday "unless the customer writes first", and nobody was there."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from deskapp.domain.ids import TicketId
from deskapp.wiring import open_house
from tests.desk.letters import START, letter

from .shop import Shop

AN = "An Trần <an@customer.example>"


def test_mail_that_came_while_no_engine_ran_takes_the_reply_back(shop: Shop) -> None:
    shop.account.deliver(
        letter(message_id="mai@c.example"),
        letter("Size?", sender=AN, subject="Cỡ áo", message_id="an@c.example"),
    )
    shop.run("engine", "--once")
    desk = open_house(shop.url, agent_name="Anna")
    leaves = datetime.now(UTC) + timedelta(seconds=1)
    for one in desk.tickets.view_ids("all"):
        draft = replace(desk.replies.draft(one), body="It comes on Tuesday.")
        desk.replies.send(draft, at=leaves, unless_answered=True)
    hours = (datetime.now(UTC) - START) / timedelta(hours=1)
    answer = letter("It is here, thank you!", answers=("mai@c.example",), hours=hours)
    shop.account.deliver(answer)
    while datetime.now(UTC) < leaves:
        time.sleep(0.05)
    assert shop.json("engine", "--once")["sent"] == 1
    assert [mail.recipients for mail in shop.sink.mails] == [("an@customer.example",)]
    assert desk.replies.outbox() == ()
    assert desk.replies.draft(TicketId(1)).body == "It comes on Tuesday."
    desk.close()
