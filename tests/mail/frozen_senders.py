"""A sender that stands still in the middle of a send, and goes on after another has taken over.

As when a laptop sleeps: its lease and its claim run out, and it knows nothing of that.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.queries import outbox as outbox_queries
from deskapp.data.tables.replies import outbox
from deskapp.domain.ids import MailboxId, OutboxId
from deskapp.domain.kinds import OutboxPhase, Security
from deskapp.domain.mailboxes import Server
from deskapp.mail.delivery import Delivery, Outcome
from deskapp.mail.postman import Postman
from deskapp.mail.smtp_line import SmtpLine
from tests.data.mail_rows import NOW, add_outgoing
from tests.servers.smtp_sink import SmtpSink

_PHASES = (
    OutboxPhase.CONNECTED,
    OutboxPhase.SENDER_ACCEPTED,
    OutboxPhase.RECIPIENTS_ACCEPTED,
    OutboxPhase.BODY_SENT,
)
LATE = (Outcome.CUT, Outcome.LATER, Outcome.REFUSED)
PLACES = ("claimed", *_PHASES, "body", "answered")


def postman(database: Database, sink: SmtpSink, holder: str, at: datetime = NOW) -> Postman:
    """One that believes that every mailbox is its own."""
    server = Server(sink.host, sink.port, Security.NONE, "support")
    return Postman(database, holder, lambda _box: (server, None), lambda: at)


def freeze(database: Database, sink: SmtpSink, box: MailboxId, place: str) -> tuple[str, int]:
    """How a reply ended whose sender froze at ``place``, and how many copies of it arrived."""
    name = f"frozen-{len(sink.mails)}-{place}"
    raw = f"Subject: {name}\r\n\r\nGood day.\r\n".encode()
    number = add_outgoing(database, box, raw=raw, message_id=f"{name}@shop.example")
    frozen, heir = postman(database, sink, "frozen"), postman(database, sink, "heir")

    def meanwhile() -> None:
        heir.send_due([box])

    if place in _PHASES:
        frozen._advance = _after(frozen._advance, meanwhile, place)  # type: ignore[method-assign]
        frozen.send_due([box])
    elif place == "claimed":
        frozen._send = _before(frozen._send, meanwhile)  # type: ignore[method-assign]
        frozen.send_due([box])
    elif place == "answered":
        frozen._note = _before(frozen._note, meanwhile)  # type: ignore[method-assign]
        frozen.send_due([box])
    else:
        _freeze_behind_the_body(frozen, box, meanwhile)
    arrived = sum(raw in mail.content for mail in sink.mails)
    return _state(database, number), arrived


def speak_late(
    database: Database, sink: SmtpSink, box: MailboxId, outcome: Outcome
) -> tuple[str, int]:
    """As ``freeze``: one that thaws on a dead line says so while its heir is between dot and
    answer; then whoever comes next looks into the outbox.
    """
    name = f"late-{len(sink.mails)}-{outcome}"
    raw = f"Subject: {name}\r\n\r\nGood day.\r\n".encode()
    number = add_outgoing(database, box, raw=raw, message_id=f"{name}@shop.example")
    frozen, heir = postman(database, sink, "frozen"), postman(database, sink, "heir")
    with database.writing() as unit:
        stale = outbox_queries.claim_next(unit, "frozen", NOW, [box])
    assert stale is not None

    def meanwhile() -> None:
        frozen._note(stale, Delivery(outcome, "thawed"), "pending")

    heir._note = _before(heir._note, meanwhile)  # type: ignore[method-assign]
    heir.send_due([box])
    postman(database, sink, "next", NOW + timedelta(hours=1)).send_due([box])
    return _state(database, number), sum(raw in mail.content for mail in sink.mails)


def _freeze_behind_the_body(frozen: Postman, box: MailboxId, meanwhile: Callable[[], None]) -> None:
    real = SmtpLine.body
    first = [True]

    def body(line: SmtpLine, raw: bytes) -> Any:
        done = real(line, raw)
        if first.pop() if first else False:
            meanwhile()
        return done

    with patch.object(SmtpLine, "body", body):
        frozen.send_due([box])


def _before(real: Callable[..., Any], meanwhile: Callable[[], None]) -> Callable[..., Any]:
    def run(*known: Any, **named: Any) -> Any:
        meanwhile()
        return real(*known, **named)

    return run


def _after(real: Callable[..., Any], meanwhile: Callable[[], None], place: str) -> Any:
    def run(mail: Any, phase: OutboxPhase) -> Any:
        done = real(mail, phase)
        if phase == place:
            meanwhile()
        return done

    return run


def _state(database: Database, number: OutboxId) -> str:
    with database.reading() as connection:
        found: str = connection.execute(
            select(outbox.c.state).where(outbox.c.id == number)
        ).scalar_one()
    return found
