"""A sender that froze and thaws after another took over: one copy, wherever it stood."""

from collections.abc import Iterator

import pytest

from deskapp.data.database import Database
from tests.data.mail_rows import add_mailbox, new_desk
from tests.servers.smtp_sink import SmtpSink

from .frozen_senders import LATE, PLACES, freeze, speak_late


@pytest.fixture
def database(desk_url: str) -> Iterator[Database]:
    with new_desk(desk_url) as opened:
        yield opened


def test_a_sender_that_thaws_after_another_took_over_sends_no_second_copy(
    database: Database, smtp_sink: SmtpSink
) -> None:
    box = add_mailbox(database)
    ends = {place: freeze(database, smtp_sink, box, place) for place in PLACES}
    assert ends == dict.fromkeys(PLACES, ("sent", 1))


def test_the_late_word_of_a_sender_that_lost_its_claim_changes_nothing(
    database: Database, smtp_sink: SmtpSink
) -> None:
    box = add_mailbox(database)
    ends = {outcome: speak_late(database, smtp_sink, box, outcome) for outcome in LATE}
    assert ends == dict.fromkeys(LATE, ("sent", 1))
