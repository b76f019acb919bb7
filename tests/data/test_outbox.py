"""The outbox: claimed by one, phases in order, nothing sent twice by itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from deskapp.data.database import Database
from deskapp.data.queries import outbox as queries
from deskapp.data.queries import outbox_ends as ends
from deskapp.data.queries.outbox import BODY_TIME, CLAIM_TIME
from deskapp.data.queries.outbox_copies import copies_due
from deskapp.data.queries.outbox_ends import RecipientAnswer
from deskapp.data.queries.outbox_facts import outcome_counts
from deskapp.data.tables.mail import blob
from deskapp.data.tables.replies import outbox
from deskapp.data.tables.tickets import event
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import OutboxPhase
from deskapp.domain.outbox_trouble import SendFault
from deskapp.domain.replies import ClaimedMail
from tests.data.mail_rows import NOW, add_mailbox, add_outgoing, new_desk

SECOND = timedelta(seconds=1)


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


@pytest.fixture
def support(database: Database) -> MailboxId:
    return add_mailbox(database)


def claim(database: Database, support: MailboxId, at: datetime = NOW) -> ClaimedMail | None:
    with database.writing() as unit:
        return queries.claim_next(unit, "engine", at, [support])


def claimed(database: Database, support: MailboxId, at: datetime = NOW) -> ClaimedMail:
    found = claim(database, support, at)
    assert found is not None
    return found


def advance(database: Database, mail: ClaimedMail, phase: OutboxPhase) -> bool:
    with database.writing() as unit:
        return queries.advance(unit, mail, phase, NOW)


def standing(database: Database) -> tuple[str, str]:
    with database.reading() as connection:
        return tuple(connection.execute(select(outbox.c.state, outbox.c.phase)).one())


def events(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(select(event.c.kind).order_by(event.c.id)).scalars())


def test_a_reply_is_claimed_once_and_not_before_its_time(
    database: Database, support: MailboxId
) -> None:
    add_outgoing(database, support, "a@example.org", "b@example.org", not_before=NOW + SECOND)
    with database.reading() as connection:
        assert queries.next_due(connection, [support]) == NOW + SECOND
    assert claim(database, support) is None
    mail = claimed(database, support, NOW + SECOND)
    assert mail.recipients == ("a@example.org", "b@example.org")
    assert mail.raw.startswith(b"Subject:")
    assert claim(database, support, NOW + SECOND) is None


def test_phases_only_move_forward(database: Database, support: MailboxId) -> None:
    add_outgoing(database, support)
    mail = claimed(database, support)
    assert advance(database, mail, OutboxPhase.RECIPIENTS_ACCEPTED)
    assert not advance(database, mail, OutboxPhase.CONNECTED)
    assert advance(database, mail, OutboxPhase.BODY_SENT)


def test_a_claim_that_died_before_the_dot_is_queued_again_and_its_holder_locked_out(
    database: Database, support: MailboxId
) -> None:
    add_outgoing(database, support)
    dead = claimed(database, support)
    advance(database, dead, OutboxPhase.CONNECTED)
    late = NOW + CLAIM_TIME + SECOND
    with database.writing() as unit:
        assert queries.recover_claims(unit, NOW, [], "x") == (0, 0)
        assert queries.recover_claims(unit, late, [], "x") == (1, 0)
    assert claimed(database, support, late).fence == dead.fence + 1
    assert not advance(database, dead, OutboxPhase.BODY_SENT)


def test_a_claim_that_died_at_the_dot_is_uncertain_and_stays_out_of_the_queue(
    database: Database, support: MailboxId
) -> None:
    add_outgoing(database, support)
    dead = claimed(database, support)
    advance(database, dead, OutboxPhase.BODY_SENT)
    late = NOW + BODY_TIME + SECOND
    with database.writing() as unit:
        assert queries.recover_claims(unit, late, [], "x") == (0, 1)
    assert standing(database) == ("uncertain", "body_sent")
    assert claim(database, support, late) is None
    assert events(database) == ["send_uncertain"]
    with database.writing() as unit:
        assert ends.finish_sent(unit, dead, late, sent_copy="pending")
    assert standing(database) == ("sent", "accepted")


def test_how_it_ended_is_told_to_the_ticket(database: Database, support: MailboxId) -> None:
    add_outgoing(database, support)
    mail = claimed(database, support)
    with database.writing() as unit:
        assert ends.put_back(unit, mail, NOW + SECOND, "greylisted", counts=True)
    again = claimed(database, support, NOW + SECOND)
    assert again.attempts == 1
    with database.writing() as unit:
        assert not ends.finish_failed(unit, mail, NOW, "an old claim has no say")
        assert ends.finish_sent(unit, again, NOW, sent_copy="server")
        assert unit.touched.tickets
        assert unit.touched.areas == {"outbox"}
    assert events(database) == ["sent"]


def test_only_recipients_without_a_final_answer_are_tried_again(
    database: Database, support: MailboxId
) -> None:
    add_outgoing(database, support, "yes@example.org", "later@example.org", "no@example.org")
    mail = claimed(database, support)
    with database.writing() as unit:
        ends.note_recipients(
            unit,
            mail,
            {
                "yes@example.org": RecipientAnswer("accepted", 250, "ok"),
                "later@example.org": RecipientAnswer("deferred", 450, "busy"),
                "no@example.org": RecipientAnswer("refused", 550, "unknown"),
            },
        )
        ends.put_back(unit, mail, NOW, "", counts=True)
    assert claimed(database, support).recipients == ("later@example.org",)


def test_an_uncertain_reply_found_in_sent_is_sent(database: Database, support: MailboxId) -> None:
    one = add_outgoing(database, support)
    mail = claimed(database, support)
    advance(database, mail, OutboxPhase.BODY_SENT)
    with database.writing() as unit:
        ends.finish_uncertain(unit, mail, NOW, "line lost")
    with database.reading() as connection:
        due = copies_due(connection, support, NOW - SECOND)
    assert [(copy.id, copy.state) for copy in due] == [(one, "uncertain")]
    with database.writing() as unit:
        assert ends.settle_uncertain(unit, one, NOW)
    assert standing(database)[0] == "sent"
    with database.reading() as connection:
        assert outcome_counts(connection, NOW) == (1, 0)


def test_whoever_has_the_lease_ends_the_claims_of_others_at_once(
    database: Database, support: MailboxId
) -> None:
    add_outgoing(database, support)
    claimed(database, support)
    with database.writing() as unit:
        assert queries.recover_claims(unit, NOW, [support], "engine") == (0, 0)
        assert queries.recover_claims(unit, NOW, [support], "its heir") == (1, 0)


def test_an_uncertain_reply_found_in_sent_still_goes_to_whom_the_server_put_off(
    database: Database, support: MailboxId
) -> None:
    one = add_outgoing(database, support, "has@example.org", "waits@example.org")
    mail = claimed(database, support)
    advance(database, mail, OutboxPhase.BODY_SENT)
    with database.writing() as unit:
        busy = {"waits@example.org": RecipientAnswer("deferred", 450, "busy")}
        ends.note_recipients(unit, mail, busy)
        ends.finish_uncertain(unit, mail, NOW, "reset", SendFault.LINE)
    with database.writing() as unit:
        assert ends.settle_uncertain(unit, one, NOW)
        assert not ends.settle_uncertain(unit, one, NOW)
    assert claimed(database, support).recipients == ("waits@example.org",)


def test_a_reply_that_some_have_is_left_at_that_and_one_that_nobody_has_is_not(
    database: Database, support: MailboxId
) -> None:
    one = add_outgoing(database, support, "has@example.org", "not@example.org")
    with database.writing() as unit:
        assert not ends.leave_the_rest(unit, one)
    mail = claimed(database, support)
    with database.writing() as unit:
        ends.note_recipients(unit, mail, {"has@example.org": RecipientAnswer("accepted", 250, "")})
        ends.finish_failed(unit, mail, NOW, "not@example.org: 450 busy")
    with database.writing() as unit:
        assert ends.leave_the_rest(unit, one)
    assert standing(database)[0] == "sent"


def test_a_reply_whose_bytes_are_gone_fails_and_keeps_none_behind_it(
    database: Database, support: MailboxId
) -> None:
    add_outgoing(database, support, raw=b"gone", message_id="gone@shop.example")
    add_outgoing(database, support, message_id="next@shop.example")
    with database.writing() as unit:
        unit.connection.execute(
            update(blob).where(blob.c.sha256 == sha256(b"gone").hexdigest()).values(codec="rotten")
        )
    assert claimed(database, support).message_id == "next@shop.example"
    with database.reading() as connection:
        failed = select(outbox.c.message_id, outbox.c.fault).where(outbox.c.state == "failed")
        assert connection.execute(failed).all() == [("gone@shop.example", SendFault.UNREADABLE)]
