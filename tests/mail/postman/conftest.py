"""A postman and its server, on each database."""

from collections.abc import Iterator

import pytest

from deskapp.data.database import Database
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from tests.data.mail_rows import new_desk
from tests.servers.smtp_sink import SmtpSink

from .house import House


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


@pytest.fixture
def house(database: Database, smtp_sink: SmtpSink) -> House:
    server = Server(smtp_sink.host, smtp_sink.port, Security.NONE, "support@shop.example")
    return House(database, server, None)
