"""Passwords and TLS on the way out."""

from datetime import timedelta

import pytest

from deskapp.data.database import Database
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from tests.data.mail_rows import add_outgoing
from tests.servers import smtp_sink as sinks
from tests.servers.smtp_sink import NewSink

from .house import House


@pytest.mark.parametrize("security", [sinks.Security.TLS, sinks.Security.STARTTLS])
def test_it_signs_in_over_tls(
    database: Database, new_smtp_sink: NewSink, trusted_authority: object, security: str
) -> None:
    sink = new_smtp_sink(security, login=("support", "sesame"))
    house = House(database, Server("localhost", sink.port, Security(security), "support"), "sesame")
    add_outgoing(database, house.mailbox)
    assert house.send() == 1
    assert (sink.mails[0].encrypted, sink.mails[0].user) == (True, "support")


def test_an_untrusted_server_gets_neither_password_nor_mail(
    database: Database, new_smtp_sink: NewSink
) -> None:
    sink = new_smtp_sink(sinks.Security.TLS, login=("support", "sesame"))
    house = House(database, Server("localhost", sink.port, Security.TLS, "support"), "sesame")
    add_outgoing(database, house.mailbox)
    assert house.send() == 0
    assert house.row()[:3] == ("queued", "none", 0)
    assert [problem.kind for problem in house.told if problem] == ["tls_untrusted"]
    assert sink.mails == []


def test_a_wrong_password_pauses_the_mailbox_after_one_try(
    database: Database, new_smtp_sink: NewSink
) -> None:
    sink = new_smtp_sink(login=("support", "sesame"))
    house = House(database, Server(sink.host, sink.port, Security.NONE, "support"), "wrong")
    add_outgoing(database, house.mailbox)
    house.send()
    house.send(after=timedelta(hours=3))
    assert sink.sessions == 1
    assert house.row()[:3] == ("queued", "none", 0)
    house.password = "sesame"
    house.postman.resume(house.mailbox)
    assert house.send() == 1


def test_plain_text_does_not_leave_this_machine(database: Database) -> None:
    house = House(database, Server("mail.example.org", 25, Security.NONE, "support"), "sesame")
    add_outgoing(database, house.mailbox)
    assert house.send() == 0
    assert [problem.kind for problem in house.told if problem] == ["plain_not_loopback"]
