"""One canned reply to many customers: seen before, named where it cannot go, throttled, undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from deskapp.data.queries.blobs import get_blobs
from deskapp.data.tables.tickets import message
from deskapp.desk.bulk_replies import BulkReplies
from deskapp.desk.canned import Canned
from deskapp.desk.customers import Customers
from deskapp.desk.undo import Undo
from deskapp.domain.bulk_replies import BlockedBy
from deskapp.domain.ids import CannedId
from deskapp.domain.kinds import Purpose, View
from deskapp.domain.replies import CannedReply
from deskapp.domain.undoing import ActKind
from deskapp.mail.parse import parse_mail

from .ground import Ground
from .letters import letter

DELAYED = CannedReply(
    id=None,
    name="Delayed",
    folder="",
    texts=(("en", "Hello {{ customer.first_name }}, your parcel is late. Sorry."),),
    version=0,
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
ORDERS = replace(DELAYED, name="Order", texts=(("en", "Order {{ order.number }} is late."),))


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    for number, name in enumerate(("Mai", "Tom", "Olga", "Ivan")):
        sender = f"{name} Lan <c{number}@customer.example>"
        made.arrive(letter(sender=sender, subject="Late parcel", hours=number))
    yield made
    made.database.close()


def bulk(ground: Ground, reply: CannedReply) -> tuple[BulkReplies, CannedId]:
    canned = Canned(ground.context)
    saved = canned.save(reply)
    assert saved.id is not None
    return BulkReplies(ground.context, canned), saved.id


def test_three_are_shown_and_those_that_cannot_get_it_are_named(ground: Ground) -> None:
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    mine = ground.replies.save(replace(ground.replies.draft(ids[1]), body="I am on it"))
    replies, delayed = bulk(ground, DELAYED)
    seen = replies.preview(ids, delayed)
    assert (seen.ready, len(seen.samples)) == (3, 3)
    assert seen.samples[0].text.startswith("Hello Mai, your parcel is late.")
    [blocked] = seen.blocked
    assert (blocked.ticket, blocked.why) == (mine.ticket_id, BlockedBy.DRAFT)
    replies, orders = bulk(ground, ORDERS)
    unknown = replies.preview(ids, orders).blocked
    assert {one.why for one in unknown} == {BlockedBy.PLACEHOLDER, BlockedBy.DRAFT}
    assert ground.replies.outbox() == ()


def test_who_wants_no_mail_is_named_and_gets_none(ground: Ground) -> None:
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    customers = Customers(ground.context)
    olga = customers.by_address("c2@customer.example")
    assert olga is not None
    customers.consent(olga, Purpose.MAIL, False, reason="Asked by phone")
    replies, delayed = bulk(ground, DELAYED)
    [blocked] = replies.preview(ids, delayed).blocked
    assert (blocked.why, blocked.detail) == (BlockedBy.NO_MAIL, "Asked by phone")
    assert replies.send_part(ids, delayed, begun=ground.time).queued == 3
    assert "c2@customer.example" not in {row.to for row in ground.replies.outbox()}


def test_each_leaves_at_its_own_time_as_mail_to_many_and_all_comes_back(ground: Ground) -> None:
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    before = ground.tickets.rows(ids)
    replies, delayed = bulk(ground, DELAYED)
    begun = ground.time
    first = replies.send_part(ids[:3], delayed, begun=begun, per_minute=2)
    last = replies.send_part(
        ids[3:], delayed, begun=begun, before=first.queued, per_minute=2, act=first.act
    )
    assert (first.queued, last.queued, last.act) == (3, 1, first.act)
    times = sorted(row.not_before for row in ground.replies.outbox())
    assert [at - times[0] for at in times] == [timedelta(seconds=30) * step for step in range(4)]
    assert b"List-Unsubscribe: <mailto:support@shop.example?subject=unsubscribe>" in _raw(ground)
    act, _ = Undo(ground.context).stack()
    assert act is not None
    assert (act.kind, act.count) == (ActKind.BULK_SEND, 4)
    assert replies.take_back(act.id) == (4, 0)
    assert ground.replies.outbox() == ()
    after = ground.tickets.rows(ids)
    assert [row.status for row in after] == [row.status for row in before]
    assert [row.waiting_since for row in after] == [row.waiting_since for row in before]
    assert all(ground.replies.draft(one).body == "" for one in ids)
    assert Undo(ground.context).stack()[0] is None


def test_a_picture_in_the_text_is_shown_there_and_the_other_file_hangs_on(ground: Ground) -> None:
    draft = ground.replies.draft(ground.tickets.view_ids(View.ALL_OPEN)[0])
    for name, kind, data in (("form.png", "image/png", PNG), ("terms.txt", "text/plain", b"Us")):
        draft = ground.replies.attach(draft, name, kind, data)
    assert draft.id is not None
    ground.replies.discard(draft.id)
    text = "Hello {{ customer.first_name }}, fill this in:\n![The form](form.png)\nThank you"
    replies, form = bulk(ground, replace(DELAYED, texts=(("en", text),), files=draft.files))
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    seen = replies.preview(ids[:1], form)
    assert "[form.png]" in seen.samples[0].text and "\ufffc" not in seen.samples[0].text
    assert replies.send_part(ids, form, begun=ground.time).queued == 4
    mail = parse_mail(_raw(ground))
    inline, hung = mail.attachments
    assert (inline.filename, inline.inline, hung.filename) == ("form.png", True, "terms.txt")
    assert not hung.inline and f"cid:{inline.content_id}" in mail.html
    assert "![" not in mail.text and "![" not in mail.html


def _raw(ground: Ground) -> bytes:
    with ground.database.reading() as connection:
        ours = select(message.c.sha256).where(message.c.direction == "out").limit(1)
        sha256 = connection.execute(ours).scalar_one()
        return get_blobs(connection, [sha256])[sha256].replace(b"\r\n ", b" ")
