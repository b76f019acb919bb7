"""Texts in our customers' languages under every charset their mail programs write."""

import random

from bench.transcoded import wrong_fields

from .transcoded import false_labels, true_labels

SHARE = 5


def chosen(samples):  # type: ignore[no-untyped-def]
    """Every fifth on average, the same ones each time; the benchmark reads them all."""
    return random.Random(20261122).sample(samples, len(samples) // SHARE)


def test_there_are_more_than_a_thousand_mails_with_true_labels():
    assert len([*true_labels()]) > 1000


def test_every_field_under_its_true_label_is_as_written():
    for _, sample in chosen([*true_labels()]):
        assert wrong_fields(sample) == [], sample.what


def test_under_the_labels_that_programs_get_wrong_at_most_one_in_twenty_is_misread():
    samples = chosen([*false_labels()])
    wrong = [sample.what for _, sample in samples if wrong_fields(sample)]
    assert len(wrong) * 20 <= len(samples), wrong
