"""A mailbox's automatic reply, switched and told by commands alone."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from deskapp.data.queries.auto_replies import pause
from deskapp.domain.replies import CannedReply
from deskapp.wiring import open_house

from .conftest import SUPPORT
from .program import Program


@pytest.mark.parametrize("desk_url", ["sqlite"], indirect=True)
def test_refused_switched_on_paused_and_on_again(shop: Program) -> None:
    with closing(open_house(shop.desk)) as desk:
        desk.canned.save(CannedReply(None, "Received", "", (("en", "We got it."),), 1))
        desk.canned.save(CannedReply(None, "Mine", "", (("en", "{{ agent.name }}"),), 1))
        mailbox = desk.mailboxes.by_address(SUPPORT)
        refused = shop.run("mailbox", "auto-reply", SUPPORT, "--canned", "Mine", code=2)
        assert "cannot answer by itself" in refused.err
        told = shop.json("mailbox", "auto-reply", SUPPORT, "--canned", "received")
        assert (told["on"], told["canned"], told["paused_since"]) == (True, "Received", None)
        with desk.database.writing() as unit:
            pause(unit, mailbox, datetime.now(UTC))
        [row] = shop.json("mailbox", "list")
        assert row["auto_reply"]["paused_since"] is not None
        said = shop.run("mailbox", "auto-reply", SUPPORT, "--resume").out
        assert "answers by itself" in said and desk.auto_replies.of(mailbox).works
