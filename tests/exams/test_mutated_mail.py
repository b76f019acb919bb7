"""E21: ten thousand damaged mails. None raises, none takes two seconds, all show something, and
what is read of them can be stored in both databases."""

import random
import resource

from sqlalchemy import select

from deskapp.data.tables.tickets import message_body
from deskapp.mail.parse import parse_mail
from tests.desk.ground import Ground
from tests.mail.parse.judge import read_and_judge
from tests.mail.parse.mutation import mutate
from tests.mail.parse.seeds import seeds

MAILS, STORED, SEED = 10_000, 400, 20261122
MEMORY = 512 * 1024


def test_ten_thousand_damaged_mails_are_read_or_refused() -> None:
    chance = random.Random(SEED)
    originals = seeds()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = [read_and_judge(mutate(originals, chance)) for _ in range(MAILS)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY
    assert sum(mail is not None for mail in read) > MAILS * 0.98


def test_damaged_mail_is_stored_as_it_was_read(desk_url: str) -> None:
    chance = random.Random(SEED + 1)
    originals = seeds()
    ground = Ground(desk_url)
    try:
        raws = list({mutate(originals, chance) for _ in range(STORED)})
        filed = ground.arrive(*raws)
        assert filed.held <= sum(not raw.strip() for raw in raws)
        with ground.database.reading() as connection:
            stored = set(connection.execute(select(message_body.c.text)).scalars())
        for raw in raws:
            if raw.strip():
                assert parse_mail(raw).text in stored
        assert ground.check() == ()
    finally:
        ground.database.close()
