"""The quote folds in HTML as it does in text, and the rest stays clean markup."""

import pytest

from deskapp.mail.clean import clean_html
from deskapp.mail.html_text import html_to_text
from deskapp.mail.quotes import fold_html

from ..parse.cases import cases

GMAIL = (
    '<div dir="ltr">{answer}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
    "{introduction}<br></div><blockquote class=gmail_quote style='border-left:1px solid'>{old}"
    "</blockquote></div>"
)
OUTLOOK = (
    "<div><p>{answer}</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
    "<p><b>{from_}:</b> Shop &lt;shop@example.com&gt;<br><b>{sent}:</b> Monday 5.1.2026 14:03<br>"
    "<b>{to}:</b> Ann<br><b>{subject}:</b> Lamp</p></div><p>{old}</p></div>"
)
OUTLOOK_MOBILE = '<div>{answer}</div><div id="divRplyFwdMsg">somebody, some day</div><p>{old}</p>'
ANSWER = "Мне синий, 谢谢, cảm ơn"


@pytest.mark.parametrize(
    "introduction",
    [
        "On Mon, Jan 5, 2026 at 2:03 PM Shop &lt;shop@example.com&gt; wrote:",
        "Vào Th 2, 5 thg 1, 2026 vào lúc 14:03 Shop &lt;shop@example.com&gt; đã viết:",
        "Shop &lt;shop@example.com&gt; 於 2026年1月5日 週一 下午2:03寫道：",
        "Shop &lt;shop@example.com&gt; 于2026年1月5日周一 14:03写道：",
        "пн, 5 янв. 2026 г. в 14:03, Shop &lt;shop@example.com&gt;:",
        "an introduction nobody has seen before",
    ],
)
def test_a_gmail_quote_folds_in_every_language(introduction: str):
    cleaned = clean_html(
        GMAIL.format(answer=ANSWER, introduction=introduction, old="Which colour?")
    )
    folded = fold_html(cleaned)
    assert html_to_text(folded) == ANSWER
    assert clean_html(folded) == folded


@pytest.mark.parametrize(
    ("from_", "sent", "to", "subject"),
    [
        ("From", "Sent", "To", "Subject"),
        ("Từ", "Đã gửi", "Đến", "Chủ đề"),
        ("寄件者", "寄件日期", "收件者", "主旨"),
        ("发件人", "发送时间", "收件人", "主题"),
        ("От", "Отправлено", "Кому", "Тема"),
    ],
)
def test_an_outlook_quote_folds_in_every_language(from_: str, sent: str, to: str, subject: str):
    html = OUTLOOK.format(
        answer=ANSWER, old="Which?", from_=from_, sent=sent, to=to, subject=subject
    )
    folded = fold_html(clean_html(html))
    assert html_to_text(folded) == ANSWER


def test_what_a_program_marks_as_the_old_mail_folds():
    assert (
        html_to_text(fold_html(clean_html(OUTLOOK_MOBILE.format(answer="Yes", old="Old")))) == "Yes"
    )


def test_an_answer_below_the_quote_stays_with_its_format():
    html = (
        "<div>On 5 Jan 2026, at 14:03, Shop wrote:<blockquote>Old</blockquote>"
        "<p><b>Below</b></p></div>"
    )
    folded = fold_html(clean_html(html))
    assert html_to_text(folded) == "Below"
    assert "<b>Below</b>" in folded
    assert "blockquote" not in folded


def test_answers_between_quotes_stay():
    html = "<p>Hi</p><blockquote>One?</blockquote><p>Yes</p><blockquote>Two?</blockquote><p>No</p>"
    assert fold_html(clean_html(html)) == ""


def test_nothing_to_fold_is_empty():
    assert fold_html("") == ""
    assert fold_html(clean_html("<p>Just words</p>")) == ""


def test_published_html_replies_fold_to_their_answer():
    for path in sorted((cases("talon") / "tests/fixtures/html_replies").iterdir()):
        folded = fold_html(clean_html(path.read_text("utf-8", "replace")))
        words = html_to_text(folded).split()
        assert words == ["Hi.", "I", "am", "fine.", "Thanks,", "Alex"], path.name
