"""The desk goes away after the server took the mail over: it is not sent again, nor asked about."""

import threading

import pytest
from sqlalchemy import event

from deskapp.data.database import Database
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.mail import postman
from tests.data.mail_rows import add_outgoing, new_desk
from tests.servers.postgres import Postgres
from tests.servers.smtp_sink import SmtpSink
from tests.servers.wire import NewWire

from .house import House


def test_a_reply_that_left_is_written_down_once_the_desk_is_back(
    desk_on_postgres: str,
    postgres: Postgres,
    new_wire: NewWire,
    smtp_sink: SmtpSink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postman, "_WRITE_AGAIN_SECONDS", 0.05)
    wire = new_wire(postgres.port)
    with new_desk(desk_on_postgres) as beside:
        over = Database(desk_on_postgres.replace(f":{postgres.port}/", f":{wire.port}/"))
        server = Server(smtp_sink.host, smtp_sink.port, Security.NONE, "support@shop.example")
        house = House(over, server, None)
        add_outgoing(beside, house.mailbox)

        def away_once_it_is_taken_over(_connection: object) -> None:
            if smtp_sink.mails and mended.acquire(blocking=False):
                wire.cut()
                threading.Timer(0.5, wire.mend).start()

        mended = threading.Semaphore(1)
        event.listen(over.writer, "begin", away_once_it_is_taken_over)
        assert house.send() == 1
        assert not mended.acquire(blocking=False), "it never was away"
        assert len(smtp_sink.mails) == 1 and house.row()[:2] == ("sent", "accepted")
        over.close()
