"""E02: kill -9 at every place of a send, and of taking it back; then the books are read."""

import email
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from deskapp.desk import Desk
from deskapp.domain.ids import OutboxId, TicketId
from deskapp.domain.kinds import OutboxState, View
from deskapp.mail.postman import Postman
from deskapp.wiring import open_house
from tests.desk.letters import letter
from tests.stories.shop import Shop

from .send_victim import AROUND_THE_DOT, STEPS, WRITES

PLACES = (*WRITES, *STEPS)


def kill_senders(shop: Shop, times: int, seed: int, tell: Callable[[str], None]) -> None:
    """``times`` kills, the places in turn. What is not sent must be waiting or asked about."""
    order = [PLACES[number % len(PLACES)] for number in range(times)]
    Random(seed).shuffle(order)
    shop.account.deliver(letter("Where is it?", message_id="q@c.example"))
    shop.json("engine", "--once")
    desk = open_house(shop.url, agent_name="Anna")
    try:
        ends: Counter[tuple[str, str]] = Counter()
        with _victims() as kill:
            for number, place in enumerate(order):
                text = f"reply {number} {place}"
                ends[place, _one(desk, shop, kill, place, text)] += 1
        _reckon(shop, ends, times, _own_ids(desk))
    finally:
        desk.close()
    sums = Counter(dict.fromkeys(("sent", "uncertain", "draft"), 0))
    for (_, end), count in ends.items():
        sums[end] += count
    tell(
        f"seed {seed}: {times} kills at {len(PLACES)} places, {len(shop.sink.mails)} mails in the "
        f"sink, none twice; {dict(sums)}"
    )


def _one(desk: Desk, shop: Shop, kill: Callable[..., None], place: str, text: str) -> str:
    [ticket] = desk.tickets.view_ids(View.ALL)
    if place in ("send", "sent"):
        kill(at=place, url=shop.url, ticket=ticket, text=text)
    else:
        queued = _queue(desk, ticket, text)
        kill(at=place, url=shop.url, outbox=queued, text=text)
    before = _rows(desk)
    _clean_round(desk)  # whoever has the lease next
    return _end_of(desk, ticket, text, before)


def _queue(desk: Desk, ticket: TicketId, text: str) -> OutboxId:
    draft = replace(desk.replies.draft(ticket), body=text)
    return desk.replies.send(draft, force=True, delay=timedelta()).outbox_id


def _rows(desk: Desk) -> set[int]:
    return {one.id for one in desk.replies.outbox(everything=True)}


def _clean_round(desk: Desk) -> None:
    [box] = desk.mailboxes.list()
    postman = Postman(
        desk.database, "next", lambda _b: (box.settings.smtp, None), lambda: datetime.now(UTC)
    )
    postman.send_due([box.id])


def _end_of(desk: Desk, ticket: TicketId, text: str, before: set[int]) -> str:
    """Sent, uncertain, or a draft again: where the text is to be seen by a person."""
    draft = desk.replies.draft(ticket)
    if draft.body == text:
        assert draft.id is not None
        desk.replies.discard(draft.id)
        return "draft"
    newest = max(desk.replies.outbox(everything=True), key=lambda one: one.id)
    message = desk.tickets.conversation(ticket).messages
    ours = [one for one in message if one.delivery and one.delivery.outbox_id == newest.id]
    assert ours and text in ours[0].text, f"{text} is nowhere"
    assert newest.state in (OutboxState.SENT, OutboxState.UNCERTAIN), f"{text}: {newest.state}"
    return newest.state.value


def _own_ids(desk: Desk) -> set[str]:
    [ticket] = desk.tickets.view_ids(View.ALL)
    return {f"<{one.message_id}>" for one in desk.tickets.conversation(ticket).messages}


def _reckon(shop: Shop, ends: Counter[tuple[str, str]], times: int, own_ids: set[str]) -> None:
    arrived = [email.message_from_bytes(one.content) for one in shop.sink.mails]
    strange = {one["Message-ID"] for one in arrived} - own_ids
    assert not strange, f"left under another id than the desk has: {strange}"
    twice = [
        one for one, count in Counter(one["Message-ID"] for one in arrived).items() if count > 1
    ]
    assert not twice, f"sent twice: {twice}"
    words = Counter(_first_line(one) for one in arrived)
    assert max(words.values()) == 1, "the same text left as two mails"
    for (place, end), count in sorted(ends.items()):
        if end == "uncertain":
            assert place in AROUND_THE_DOT, f"{count} uncertain at {place}"
        if end == "draft":
            assert place in ("send", "undone"), f"{count} drafts at {place}"
    assert sum(ends.values()) == times
    sent = sum(count for (_, end), count in ends.items() if end == "sent")
    unsure = sum(count for (_, end), count in ends.items() if end == "uncertain")
    assert sent <= len(arrived) <= sent + unsure, "a mail left that nobody is told of"


def _first_line(mail: Any) -> str:
    part = next(one for one in mail.walk() if one.get_content_type() == "text/plain")
    return str(part.get_payload(decode=True).decode()).splitlines()[0]


@contextmanager
def _victims() -> Iterator[Callable[..., None]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.exams.send_victim"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    told, heard = process.stdin, process.stdout

    def kill(**words: Any) -> None:
        told.write(json.dumps(words) + "\n")
        told.flush()
        assert json.loads(heard.readline())["killed"], f"{words['at']}: it lived"

    try:
        yield kill
    finally:
        told.close()
        process.wait(10)
        heard.close()
