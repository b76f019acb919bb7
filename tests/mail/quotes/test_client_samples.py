"""Mails as the big programs write them, in 27 languages, fold to what their writer wrote."""

import pytest

from bench.corpus_quotes import Sample, outcome, own_samples
from deskapp.mail.clean import clean_html
from deskapp.mail.html_text import html_to_text
from deskapp.mail.parse import parse_mail
from deskapp.mail.quotes import fold_html, fold_text

from ..parse.letters import letter
from .html_clients import ANSWER, CLIENTS, OLD

# The one signature is a name and a bare address: nothing tells it from words meant for this mail.
# The other answers on both sides of a quote, which stays between them.
LEFT_STANDING = ("blocks: zh-Hans foxmail", "second: ru the bat")


@pytest.mark.parametrize("sample", list(own_samples()), ids=lambda each: each.name)
def test_what_the_person_wrote_stays_and_the_rest_folds(sample: Sample):
    found = outcome(sample)
    assert not found.eats
    assert found.exact or sample.name in LEFT_STANDING


@pytest.mark.parametrize("client", CLIENTS)
def test_the_page_and_its_text_fold_alike(client: str):
    cleaned = clean_html(CLIENTS[client])
    assert OLD in html_to_text(cleaned)
    assert html_to_text(fold_html(cleaned)) == ANSWER
    assert fold_text(html_to_text(cleaned)) == ANSWER


FORWARD_BLOCK = "From: Ann <ann@mail.example>\nSent: Monday\nTo: Sales\nSubject: Order\n\nHelp me!"


def test_the_subject_tells_a_forward_from_an_answer():
    text = f"Please help her.\n\n{FORWARD_BLOCK}"
    forward = parse_mail(letter(text, "Subject: FW: Order"))
    answer = parse_mail(letter(text, "Subject: RE: FW: Order"))
    assert forward.reply_text == text
    assert answer.reply_text == "Please help her."


def test_a_forwarded_page_stays_whole():
    html = (
        '<div dir="ltr">Please help her.</div><div class="gmail_quote"><div class="gmail_attr">'
        "---------- Forwarded message ---------<br>From: Ann &lt;ann@mail.example&gt;<br>"
        "Date: Tue, Oct 6, 2026<br>Subject: Order<br>To: sales@lotus.example<br></div>"
        "<br>Help me!</div>"
    )
    assert fold_html(clean_html(html)) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Отправлено из Москвы 5 октября",
        "Gửi từ Hà Nội",
        "Sent by DHL on Monday.",
        "从手机上看不到订单",
        "Enviado de Madrid",
        "Sent from my desk, which is easier than my mobile phone.",
        "Dikirim dari Jakarta kemarin",
    ],
)
def test_a_sentence_that_begins_like_a_signature_stays(sentence: str):
    text = f"Where is my parcel?\n\n{sentence}"
    assert fold_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "I wrote to support@lotus.example on 5 October 2026 at 14:03:\nplease refund.\nNobody did.",
        "06.10.2026 в 14:03 написал вам на support@lotus.example:\nверните деньги.",
        "Ngày 6/10/2026 14:03 em đã viết cho shop thế này:\ncho em đổi size.",
    ],
)
def test_a_person_who_tells_what_they_wrote_is_not_cut_off(text: str):
    assert fold_text(f"Hello!\n{text}") == f"Hello!\n{text}"
