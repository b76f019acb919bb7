"""The postman against a server that keeps, refuses, cuts and falls silent at every phase."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries.reply_write import queue_again
from deskapp.data.tables.replies import outbox, outbox_recipient
from deskapp.data.tables.tickets import event
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import OutboxState, Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem
from deskapp.mail import smtp_line
from deskapp.mail.postman import Postman
from tests.data.mail_rows import NOW, add_mailbox, add_outgoing, new_desk
from tests.servers import smtp_sink as sinks
from tests.servers.smtp_sink import Cut, NewSink, SmtpSink

RAW = b"Subject: hello\r\n\r\nfirst\r\n.leading dot\r\n..two\r\nlast\r\n"


class House:
    """A postman with one mailbox, a clock the test sets, and what it told."""

    def __init__(self, database: Database, server: Server, password: str | None) -> None:
        self.database = database
        self.server = server
        self.password = password
        self.at = NOW
        self.told: list[Problem | None] = []
        self.mailbox: MailboxId = add_mailbox(database, smtp=server)
        self.postman = Postman(
            database,
            "test",
            lambda mailbox: (self.server, self.password),
            lambda: self.at,
            lambda mailbox, problem: self.told.append(problem),
        )

    def send(self, after: timedelta = timedelta()) -> int:
        self.at += after
        return self.postman.send_due([self.mailbox])

    def row(self) -> tuple[str, str, int, datetime, str]:
        with self.database.reading() as connection:
            found = connection.execute(select(outbox)).one()
        return found.state, found.phase, found.attempts, found.not_before, found.last_error

    def state(self) -> str:
        return self.row()[0]

    def recipients(self) -> dict[str, str]:
        with self.database.reading() as connection:
            rows = connection.execute(select(outbox_recipient.c.address, outbox_recipient.c.state))
            return {row.address: row.state for row in rows}

    def events(self) -> list[str]:
        with self.database.reading() as connection:
            return list(connection.execute(select(event.c.kind).order_by(event.c.id)).scalars())


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


@pytest.fixture
def house(database: Database, smtp_sink: SmtpSink) -> House:
    server = Server(smtp_sink.host, smtp_sink.port, Security.NONE, "support@shop.example")
    return House(database, server, None)


def test_a_due_reply_arrives_byte_for_byte_and_once(house: House, smtp_sink: SmtpSink) -> None:
    add_outgoing(house.database, house.mailbox, "a@example.org", "b@example.org", raw=RAW)
    assert house.send() == 1
    [mail] = smtp_sink.mails
    assert mail.content == RAW
    assert mail.recipients == ("a@example.org", "b@example.org")
    assert house.row()[:3] == ("sent", "accepted", 0)
    assert house.recipients() == {"a@example.org": "accepted", "b@example.org": "accepted"}
    assert house.events() == ["sent"]
    assert house.send() == 0
    assert house.told == [None]


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


def test_offline_the_reply_waits_and_leaves_later(house: House, smtp_sink: SmtpSink) -> None:
    smtp_sink.script.cut = Cut.AT_CONNECT
    add_outgoing(house.database, house.mailbox)
    assert house.send() == 0
    assert house.row()[:3] == ("queued", "none", 0)
    assert house.postman.next_due([house.mailbox]) == NOW + timedelta(seconds=30)
    smtp_sink.script.cut = None
    assert house.send(after=timedelta(seconds=30)) == 1


def test_after_three_days_offline_it_leaves_once_and_no_try_was_used_up(
    house: House, smtp_sink: SmtpSink
) -> None:
    smtp_sink.script.cut = Cut.AT_CONNECT
    add_outgoing(house.database, house.mailbox)
    for _ in range(6):
        assert house.send(after=timedelta(hours=12)) == 0
    assert house.row()[:3] == ("queued", "none", 0)
    smtp_sink.script.cut = None
    assert house.send(after=timedelta(minutes=1)) == 1
    assert len(smtp_sink.mails) == 1


def test_a_clock_that_ran_ahead_keeps_no_retry_waiting(house: House, smtp_sink: SmtpSink) -> None:
    smtp_sink.script.mail = "451 4.7.1 greylisted"
    add_outgoing(house.database, house.mailbox)
    house.send(after=timedelta(days=400))  # it is noted for then and a minute
    smtp_sink.script.mail = None
    assert house.send(after=timedelta(days=-400)) == 1


def test_a_chosen_time_is_kept_however_far_ahead(house: House, smtp_sink: SmtpSink) -> None:
    add_outgoing(house.database, house.mailbox, not_before=NOW + timedelta(days=3))
    assert house.send() == 0
    assert house.send(after=timedelta(days=3)) == 1


def test_a_fault_of_ours_in_one_mail_is_told_and_the_next_one_leaves(
    house: House, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = smtp_line.SmtpLine.sender

    def faulty(line: smtp_line.SmtpLine, address: str, size: int) -> smtp_line.Answer:
        if size > 1000:
            raise RuntimeError("a bug")
        return real(line, address, size)

    monkeypatch.setattr(smtp_line.SmtpLine, "sender", faulty)
    add_outgoing(house.database, house.mailbox, raw=b"x" * 2000)
    add_outgoing(house.database, house.mailbox, raw=RAW)
    assert house.send() == 1
    with house.database.reading() as connection:
        rows = connection.execute(select(outbox.c.state, outbox.c.fault).order_by(outbox.c.id))
        assert rows.all() == [("queued", "internal"), ("sent", "")]


def test_sent_now_by_a_person_ends_the_pause_of_a_line_that_was_away_and_only_once(
    house: House, database: Database
) -> None:
    number, other = (add_outgoing(database, house.mailbox) for _ in range(2))
    there = house.server
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        house.server = replace(there, port=taken.getsockname()[1])
        assert house.send() == 0 and len(house.told) == 1
        with database.writing() as unit:
            queue_again(unit, other, house.at + timedelta(seconds=1), (OutboxState.QUEUED,))
        assert house.send(timedelta(seconds=1)) == 0 and len(house.told) == 2
        assert house.send(timedelta(seconds=1)) == 0 and len(house.told) == 2  # it rests again
    house.server = there
    assert house.send(timedelta(seconds=1)) == 0
    with database.writing() as unit:
        queue_again(unit, number, house.at + timedelta(seconds=1), (OutboxState.QUEUED,))
    assert house.send(timedelta(seconds=1)) == 2


@pytest.mark.parametrize(
    ("recipient", "fault"), [("nobody", "address"), ("a b@example.org", "address")]
)
@pytest.mark.parametrize("desk_url", ["sqlite"], indirect=True)
def test_what_the_server_never_said_is_not_laid_in_its_mouth(
    house: House, smtp_sink: SmtpSink, recipient: str, fault: str
) -> None:
    add_outgoing(house.database, house.mailbox, recipient)
    house.send()
    with house.database.reading() as connection:
        row = connection.execute(select(outbox)).one()
        code = connection.execute(select(outbox_recipient.c.code)).scalar_one()
    assert (row.state, row.fault, row.last_error, code) == ("failed", fault, recipient, None)


def test_a_line_cut_in_the_body_means_another_try(house: House, smtp_sink: SmtpSink) -> None:
    smtp_sink.script.cut = Cut.BEFORE_DOT
    # Larger than what the line's buffers take, so that the cut is felt before the dot is due.
    add_outgoing(house.database, house.mailbox, raw=b"x\r\n" * 5_000_000)
    assert house.send() == 0
    smtp_sink.script.cut = None
    assert house.row()[:3] == ("queued", "none", 1)
    assert house.row()[3] == NOW + timedelta(minutes=1)


@pytest.mark.parametrize("cut", [Cut.AFTER_DOT_KEPT, Cut.AFTER_DOT_LOST])
def test_a_line_cut_after_the_dot_is_uncertain_and_never_sent_again(
    house: House, smtp_sink: SmtpSink, cut: Cut
) -> None:
    smtp_sink.script.cut = cut
    add_outgoing(house.database, house.mailbox)
    assert house.send() == 0
    smtp_sink.script.cut = None
    assert house.row()[:2] == ("uncertain", "body_sent")
    assert house.events() == ["send_uncertain"]
    assert house.send(after=timedelta(days=1)) == 0
    assert len(smtp_sink.mails) == (cut is Cut.AFTER_DOT_KEPT)


def test_not_now_is_tried_again_ever_later_for_48_hours(house: House, smtp_sink: SmtpSink) -> None:
    smtp_sink.script.mail = "451 4.7.1 greylisted"
    add_outgoing(house.database, house.mailbox)
    waits = []
    while house.state() == "queued":
        house.at = house.row()[3]
        house.send()
        waits.append((house.row()[3] - house.at) / timedelta(minutes=1))
    assert waits[:5] == [1, 5, 15, 60, 240]
    assert sum(waits) >= 48 * 60
    assert house.row()[4] == "451 4.7.1 greylisted"
    assert house.events() == ["send_failed"]


@pytest.mark.parametrize("answer", ["554 5.7.1 spam", "552 5.3.4 too big"])
def test_never_is_final_and_says_why(house: House, smtp_sink: SmtpSink, answer: str) -> None:
    smtp_sink.script.end_of_data = [answer]
    add_outgoing(house.database, house.mailbox)
    house.send()
    assert (house.state(), house.row()[4]) == ("failed", answer)
    assert house.events() == ["send_failed"]


def test_other_status_is_believed_at_the_third_time(house: House, smtp_sink: SmtpSink) -> None:
    smtp_sink.script.mail = "550 5.5.0 policy"
    add_outgoing(house.database, house.mailbox)
    seen = []
    for _ in range(3):
        house.send(after=timedelta(hours=1))
        seen.append(house.state())
    assert seen == ["queued", "queued", "failed"]
    assert house.row()[4] == "550 5.5.0 policy"


def test_a_refused_recipient_is_shown_and_the_others_get_it(
    house: House, smtp_sink: SmtpSink
) -> None:
    smtp_sink.script.recipients = {"no@example.org": "550 5.1.1 unknown"}
    add_outgoing(house.database, house.mailbox, "yes@example.org", "no@example.org")
    assert house.send() == 1
    assert smtp_sink.mails[0].recipients == ("yes@example.org",)
    assert house.row()[4] == "no@example.org: 550 5.1.1 unknown"
    assert house.recipients() == {"yes@example.org": "accepted", "no@example.org": "refused"}
    assert house.events() == ["send_failed"]


def test_a_recipient_to_be_tried_later_gets_it_later_and_alone(
    house: House, smtp_sink: SmtpSink
) -> None:
    smtp_sink.script.recipients = {"later@example.org": "450 4.2.1 busy"}
    add_outgoing(house.database, house.mailbox, "yes@example.org", "later@example.org")
    house.send()
    assert house.state() == "queued"
    smtp_sink.script.recipients = {}
    house.send(after=timedelta(minutes=1))
    assert [mail.recipients for mail in smtp_sink.mails] == [
        ("yes@example.org",),
        ("later@example.org",),
    ]
    assert house.state() == "sent"


def test_nobody_accepted_means_no_body_is_sent(house: House, smtp_sink: SmtpSink) -> None:
    smtp_sink.script.recipients = {"no@example.org": "550 5.1.1 unknown"}
    add_outgoing(house.database, house.mailbox, "no@example.org")
    house.send()
    assert house.row()[:2] == ("failed", "sender_accepted")
    assert smtp_sink.mails == []


def test_an_address_that_is_none_never_reaches_the_line(house: House, smtp_sink: SmtpSink) -> None:
    add_outgoing(house.database, house.mailbox, "a@example.org>\r\nRCPT TO:<b@example.org")
    house.send()
    assert house.state() == "failed"
    assert smtp_sink.mails == []


def test_a_lost_claim_stops_before_the_dot(house: House, smtp_sink: SmtpSink) -> None:
    add_outgoing(house.database, house.mailbox)
    real = house.postman._advance

    def taken_over(mail: object, phase: object) -> bool:
        return phase != "body_sent" and real(mail, phase)  # type: ignore[arg-type]

    house.postman._advance = taken_over  # type: ignore[method-assign]
    assert house.send() == 0
    assert smtp_sink.mails == []
    assert house.state() == "claimed"  # the other holder's to end


def test_silence_after_the_dot_is_uncertain(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_line, "DOT_SECONDS", 0.3)
    with _silent_server() as port:
        house = House(database, Server("127.0.0.1", port, Security.NONE, "support"), None)
        add_outgoing(database, house.mailbox)
        assert house.send() == 0
    assert house.state() == "uncertain"


class _silent_server:  # noqa: N801 - reads as a context
    """Answers everything but the end of a mail."""

    def __enter__(self) -> int:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        port: int = self._listening.getsockname()[1]
        return port

    def __exit__(self, *_: object) -> None:
        self._thread.join(10)
        self._listening.close()

    def _serve(self) -> None:
        line, _ = self._listening.accept()
        with line, line.makefile("rb") as lines:
            line.sendall(b"220 silent.example\r\n")
            in_body = False
            for told in lines:
                if not in_body:
                    in_body = told.upper().startswith(b"DATA")
                    line.sendall(b"354 go on\r\n" if in_body else b"250 ok\r\n")
