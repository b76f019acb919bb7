"""A process that forks one sender after the other; each is killed at the place it is told.

Reads a JSON line per victim: ``{"at": PLACE, "ticket": …, "outbox": …, "text": …}``. Prints a line
when it is dead. Forking keeps the start of Python out of three hundred kills; the parent has
neither threads nor an open database.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from deskapp.data.queries import drafts, reply_write
from deskapp.desk import Desk
from deskapp.domain.ids import MailboxId, OutboxId, TicketId
from deskapp.domain.kinds import OutboxPhase
from deskapp.mail.postman import Postman
from deskapp.mail.smtp_line import SmtpLine, wire_form
from deskapp.wiring import open_house

WRITES = ("send", "sent", "undo", "undone")  # inside the write, and right behind its commit
STEPS = (
    "claimed",
    "connected",
    "sender_accepted",
    "recipients_accepted",
    "half_a_body",
    "body",
    "body_sent",
    "dot",
    "answered",
    "noted",
)
AROUND_THE_DOT = ("body_sent", "dot", "answered")


def main() -> None:
    """Serves until its input ends."""
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                _die(told)
            finally:
                os._exit(7)  # came through alive: the test counts that as its own fault
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps({"killed": killed}) + "\n")
        sys.stdout.flush()


def _die(told: dict[str, Any]) -> None:
    desk = open_house(told["url"], agent_name="Anna")
    at = told["at"]
    if at == "send":
        reply_write.store_reply = _then_dead(reply_write.store_reply)  # not committed yet
    if at == "undo":
        drafts.reopen_draft = _then_dead(drafts.reopen_draft)
    if at in ("send", "sent"):
        draft = desk.replies.draft(TicketId(told["ticket"]))
        saved = desk.replies.save(replace(draft, body=told["text"]))
        desk.replies.send(saved, force=True, delay=timedelta())
    elif at in ("undo", "undone"):
        desk.replies.undo(OutboxId(told["outbox"]))
    else:
        _send_until(desk, at, told)
    _kill()


def _send_until(desk: Desk, at: str, told: dict[str, Any]) -> None:
    box = next(one for one in desk.mailboxes.list())
    postman = Postman(
        desk.database, f"victim:{os.getpid()}", lambda _b: (box.settings.smtp, None), _now
    )
    if at == "claimed":
        postman._send = lambda mail: _kill()  # type: ignore[method-assign]
    elif at in set(OutboxPhase):
        real = postman._advance

        def advance(mail: Any, phase: OutboxPhase) -> bool:
            done = real(mail, phase)
            return _kill() if phase == at else done

        postman._advance = advance  # type: ignore[method-assign]
    elif at == "half_a_body":
        SmtpLine.body = _half_a_body  # type: ignore[method-assign, assignment]
    elif at == "body":
        SmtpLine.body = _then_dead(SmtpLine.body)  # type: ignore[method-assign]
    elif at == "dot":
        SmtpLine.dot = _dot_and_dead  # type: ignore[method-assign, assignment]
    elif at == "answered":
        SmtpLine.dot = _then_dead(SmtpLine.dot)  # type: ignore[method-assign]
    elif at == "noted":
        postman._note = _then_dead(postman._note)  # type: ignore[method-assign]
    postman.send_due([MailboxId(box.id)])


def _half_a_body(line: SmtpLine, raw: bytes) -> None:
    line._smtp.docmd("DATA")
    whole = wire_form(raw)
    line._smtp.send(whole[: len(whole) // 2])
    _kill()


def _dot_and_dead(line: SmtpLine) -> None:
    line._smtp.send(b".\r\n")
    _kill()


def _then_dead(real: Callable[..., Any]) -> Callable[..., Any]:
    def die(*known: Any, **named: Any) -> Any:
        real(*known, **named)
        _kill()

    return die


def _kill() -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return False


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
