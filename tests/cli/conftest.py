"""A new desk and the program on it, on each database."""

import pytest

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.wiring import open_house
from tests.desk.letters import letter

from .program import Program

SUPPORT = "support@shop.example"


@pytest.fixture
def program(desk_url: str) -> Program:
    """The program on a desk that has just been made."""
    open_house(desk_url, create=True).close()
    return Program(desk_url)


@pytest.fixture
def shop(program: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The same with Anna, who acts, a mailbox nobody fetches, and two letters as closed tickets."""
    nowhere = Server("127.0.0.1", 1, Security.NONE, SUPPORT)
    desk = open_house(program.desk)
    try:
        desk.agents.add("Anna")
        desk.mailboxes.add(MailboxSettings(SUPPORT, "", nowhere, nowhere))
        desk.intake.import_mails(
            [
                letter(message_id="one@customer.example"),
                letter(
                    "我想退貨。訂單 2001",
                    subject="退貨",
                    sender="王小明 <wang@customer.example>",
                    message_id="two@customer.example",
                    hours=2,
                ),
            ]
        )
    finally:
        desk.close()
    monkeypatch.setenv("DESKAPP_AGENT", "Anna")
    return program
