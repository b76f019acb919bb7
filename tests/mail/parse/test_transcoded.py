"""Texts in our customers' languages under every charset their mail programs write."""

import random

import pytest

from bench.transcoded import wrong_fields
from deskapp.mail.parse.charsets import decode_bytes

from .transcoded import encode, false_labels, true_labels
from .transcoded_words import held_out

SHARE = 5
SHARE_HELD_OUT = 60


def chosen(samples, share=SHARE):  # type: ignore[no-untyped-def]
    """Every fifth on average, the same ones each time; the benchmark reads them all."""
    return random.Random(20261122).sample(samples, len(samples) // share)


def test_there_are_more_than_a_thousand_mails_with_true_labels():
    assert len([*true_labels()]) > 1000


def test_every_field_under_its_true_label_is_as_written():
    for _, sample in chosen([*true_labels()]):
        assert wrong_fields(sample) == [], sample.what


def test_under_the_labels_that_programs_get_wrong_at_most_one_in_twenty_is_misread():
    samples = chosen([*false_labels()])
    wrong = [sample.what for _, sample in samples if wrong_fields(sample)]
    assert len(wrong) * 20 <= len(samples), wrong


def test_twenty_more_texts_per_language_that_the_reader_was_not_written_with():
    texts = held_out()
    assert {language: len(blocks) for language, blocks in texts.items()} == dict.fromkeys(
        ("ja", "ru", "vi", "zh-Hans", "zh-Hant"), 20
    )
    for _, sample in chosen([*true_labels(texts)], SHARE_HELD_OUT):
        assert wrong_fields(sample) == [], sample.what
    false = chosen([*false_labels(texts)], SHARE_HELD_OUT)
    wrong = [sample.what for _, sample in false if wrong_fields(sample)]
    assert len(wrong) * 20 <= len(false), wrong


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("чек", "cp866", "ibm866"),  # valid UTF-8 by chance
        ("小票", "gbk", "gbk"),
        ("СРОЧНО ПОЗВОНИТЕ МНЕ!", "koi8-r", "windows-1251"),
        ("СРОЧНО ПОЗВОНИТЕ МНЕ!", "cp1251", "koi8-r"),
        ("HÀNG BỊ VỠ HẾT RỒI!", "tcvn", "iso-8859-1"),
        ("Mã giảm giá này không dùng được.", "viscii", "iso-8859-1"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "cp932", "shift_jis"),
        ("包装破损，附上照片", "gbk", "iso-8859-1"),
        ("包裝破損，附上照片", "big5", "utf-8"),
        ("Où est ma commande, déjà payée à Noël ?", "cp1252", "iso-8859-1"),
        ("Größe und Farbe für Österreich", "cp1252", ""),
        ("50 € par café", "cp1252", ""),
        ("Å, så må du gå på då", "cp1252", "iso-8859-1"),
        ("naïve, Où êtes-vous?", "cp1252", ""),
        ("ção não são pão", "cp1252", ""),
        ("Где?", "cp1251", ""),
        ("Dobrý den, kdy přijde můj balík?", "cp1250", "windows-1250"),
    ],
)
def test_short_texts_are_read_by_what_they_say(text: str, codec: str, label: str):
    assert decode_bytes(encode(text, codec), label) == text


def test_a_raw_header_of_two_letters_follows_the_text_although_it_is_utf8_by_chance():
    assert decode_bytes("谢谢".encode("gbk"), "", "gb18030") == "谢谢"
    assert decode_bytes("谢谢".encode(), "", "gb18030") == "谢谢"
