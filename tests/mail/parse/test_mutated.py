"""A few hundred damaged mails; ten thousand are an exam (tests/exams/test_mutated_mail.py)."""

import random

from .judge import read_and_judge
from .mutation import mutate
from .seeds import seeds


def test_there_are_four_hundred_mails_of_ours_and_each_says_something():
    originals = seeds()
    assert len(originals) >= 400
    for raw in originals:
        mail = read_and_judge(raw)
        assert mail
        assert mail.text
        assert mail.subject


def test_damaged_mail_is_read_or_refused_and_its_text_can_be_stored():
    chance = random.Random(20261122)
    originals = seeds()
    for _ in range(500):
        read_and_judge(mutate(originals, chance))
