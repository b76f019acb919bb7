"""The postman against a server that keeps, refuses, cuts and falls silent at every phase."""

import socket
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries.reply_write import queue_again
from deskapp.data.tables.replies import outbox, outbox_recipient
from deskapp.domain.kinds import OutboxState, Security
from deskapp.domain.mailboxes import Server
from deskapp.mail import smtp_line
from tests.data.mail_rows import NOW, add_outgoing
from tests.servers.smtp_sink import Cut, SmtpSink

from .house import RAW, House


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
