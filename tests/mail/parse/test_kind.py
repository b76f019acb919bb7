"""Machines are told from people, and a bounce tells whom it did not reach."""

import pytest

from deskapp.domain.kinds import MailKind
from deskapp.domain.mail import Bounce
from deskapp.mail.parse import parse_mail

from .letters import letter, multipart, part


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Subject: Where is my order?"], MailKind.HUMAN),
        (["Subject: Delivery failed? My parcel is not here"], MailKind.HUMAN),
        (["Return-Path: <>", "Subject: Hello"], MailKind.HUMAN),
        (["Auto-Submitted: no", "Subject: Hello"], MailKind.HUMAN),
        (["Auto-Submitted: auto-replied", "Subject: Got it"], MailKind.AUTO_REPLY),
        (["Precedence: auto_reply"], MailKind.AUTO_REPLY),
        (["X-Autoreply: yes"], MailKind.AUTO_REPLY),
        (["Subject: Автоответ: заказ"], MailKind.AUTO_REPLY),
        (["Auto-Submitted: auto-replied", "Subject: Out of office: Ann"], MailKind.OUT_OF_OFFICE),
        (["Subject: Trả lời tự động: nghỉ phép"], MailKind.OUT_OF_OFFICE),
        (["Subject: 自動回覆: 休假中"], MailKind.OUT_OF_OFFICE),
        (["List-Id: <news.example.org>"], MailKind.BULK),
        (["Precedence: bulk"], MailKind.BULK),
        (["List-Unsubscribe: <mailto:u@example.org>"], MailKind.BULK),
        (["Auto-Submitted: auto-generated", "List-Id: <n.example.org>"], MailKind.BULK),
        (["X-Failed-Recipients: x@example.org"], MailKind.BOUNCE),
    ],
)
def test_headers_tell_what_sort_of_sender_wrote(headers: list[str], kind: MailKind):
    assert parse_mail(letter(b"hello", *headers)).kind is kind


def test_a_delivery_report_names_recipient_status_and_action():
    status = (
        "Reporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; lan@example.vn\nAction: failed\nStatus: 5.1.1\n"
    )
    raw = multipart(
        "report", [part("It failed."), part(status, "Content-Type: message/delivery-status")]
    )
    mail = parse_mail(raw)
    assert mail.kind is MailKind.BOUNCE
    assert mail.bounce == Bounce("lan@example.vn", "5.1.1", "failed")
    assert mail.language == ""


def test_a_bounce_in_plain_words_is_read_from_its_text():
    raw = letter(
        "<lan@example.vn>: 550 5.1.1 no such user\n",
        "Subject: Undelivered Mail Returned to Sender",
        sender="MAILER-DAEMON@mx.example.org",
    )
    assert parse_mail(raw).bounce == Bounce("lan@example.vn", "5.1.1", "failed")


def test_an_abuse_report_is_a_complaint():
    raw = multipart(
        "report",
        [part("spam"), part("Feedback-Type: abuse", "Content-Type: message/feedback-report")],
    )
    assert parse_mail(raw).kind is MailKind.COMPLAINT


def test_a_person_has_no_bounce():
    assert parse_mail(letter(b"hello")).bounce is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Здравствуйте, где мой заказ?", "ru"),
        ("Привіт, де моє замовлення? Її ще немає", "uk"),
        ("您好，訂單還沒收到", "zh-Hant"),
        ("您好，订单还没收到", "zh-Hans"),
        ("注文した商品はまだ届いていません", "ja"),
        ("Cho tôi hỏi đơn hàng ở đâu", "vi"),
        ("Where is the order I placed last week?", "en"),
        ("ok", ""),
        ("12345 67890 https://example.org/", ""),
    ],
)
def test_the_language_of_a_mail_is_found(text: str, language: str):
    assert parse_mail(letter(text, "Content-Type: text/plain; charset=utf-8")).language == language


def test_the_quote_does_not_decide_the_language():
    text = (
        "Где же мой заказ, скажите?\n\nOn Mon, Jan 5, 2026 at 2:03 PM Shop <s@example.com> wrote:\n"
    )
    text += "> We have sent the parcel to you on Monday and hope that you like it.\n" * 9
    assert parse_mail(letter(text, "Content-Type: text/plain; charset=utf-8")).language == "ru"
