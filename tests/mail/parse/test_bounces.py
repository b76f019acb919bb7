"""Delivery reports of the servers our customers use, and mail that only looks like one."""

import pytest

from deskapp.domain.kinds import MailKind
from deskapp.domain.mail import Bounce
from deskapp.mail.parse import parse_mail

from .letters import letter, multipart, part

REPORTS = {
    "qq": (
        "QQ邮箱系统管理员 <10000@qq.example>",
        "系统退信/Systems bounce",
        "抱歉，您的邮件被退回来了……\n收件人邮件地址：lan@example.vn\n"
        "退信原因：550 5.1.1 收件人邮件地址（lan@example.vn）不存在，邮件无法送达。\n",
        Bounce("lan@example.vn", "5.1.1", "failed"),
    ),
    "netease": (
        "Postmaster@163.example",
        "系统退信",
        "很抱歉，您的邮件发送失败\n\n收件人：lan@example.vn\n\n错误代码：550 User not found\n",
        Bounce("lan@example.vn", "5.0.0", "failed"),
    ),
    "mail.ru": (
        "mailer-daemon@corp.mail.example",
        "Ваше сообщение не доставлено. Mail failure.",
        "Это письмо создано автоматически, отвечать на него не нужно.\n\nК сожалению, Ваше письмо "
        "не может быть доставлено:\n\n  lan@example.vn\n    550 Message was not accepted\n",
        Bounce("lan@example.vn", "5.0.0", "failed"),
    ),
    "yandex": (
        "mailer-daemon@yandex.example",
        "Недоставленное сообщение",
        "К сожалению, ваше письмо не было доставлено.\n\n<lan@example.vn>: host mx.example.vn "
        "said: 452 4.2.2 mailbox full\n",
        Bounce("lan@example.vn", "4.2.2", "delayed"),
    ),
    "vietnamese": (
        "Hệ thống thư <no-reply@vnmail.example>",
        "Không gửi được thư của bạn",
        "Thư của bạn không thể gửi được tới người nhận: lan@example.vn\n"
        "Lý do: 550 5.1.1 hộp thư không tồn tại\n",
        Bounce("lan@example.vn", "5.1.1", "failed"),
    ),
    "no code at all": (
        "postmaster@example.org",
        "Undeliverable: your order",
        "Delivery has failed to these recipients:\n\nlan@example.vn\nThe account does not exist.\n",
        Bounce("lan@example.vn", "", "failed"),
    ),
}


@pytest.mark.parametrize("server", REPORTS)
def test_a_report_in_words_is_read_in_our_customers_languages(server: str):
    sender, subject, text, wanted = REPORTS[server]
    raw = letter(
        text, f"Subject: {subject}", "Content-Type: text/plain; charset=utf-8", sender=sender
    )
    mail = parse_mail(raw)
    assert (mail.kind, mail.bounce) == (MailKind.BOUNCE, wanted)


def status_part(*recipients: str) -> bytes:
    return part(
        "Reporting-MTA: dns; mx\n\n" + "\n".join(recipients),
        "Content-Type: message/delivery-status",
    )


def about(address: str, status: str, action: str = "failed") -> str:
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\n"


def test_every_recipient_that_was_not_reached_is_named():
    status = status_part(
        about("there@example.vn", "2.0.0", "delivered"),
        about("lan@example.vn", "5.1.1"),
        about("minh@example.vn", "4.2.2", "delayed"),
    )
    bounce = parse_mail(multipart("report", [part("It failed."), status])).bounce
    assert bounce == Bounce(
        "lan@example.vn",
        "5.1.1",
        "failed",
        others=(Bounce("minh@example.vn", "4.2.2", "delayed"),),
    )


def test_a_diagnosis_stands_in_for_a_missing_or_empty_status():
    fields = "Final-Recipient: rfc822; lan@example.vn\nAction: failed\nDiagnostic-Code: smtp; "
    vague = "Final-Recipient: rfc822; lan@example.vn\nStatus: 5.0.0\nDiagnostic-Code: smtp; "
    statuses = [
        parse_mail(multipart("report", [part("It failed."), status_part(text)])).bounce
        for text in (f"{fields}550 unknown user\n", f"{vague}550 5.2.1 disabled\n")
    ]
    assert [each and each.status for each in statuses] == ["5.0.0", "5.2.1"]


def test_the_mail_that_came_back_is_named_by_its_own_id():
    returned = part(
        "Message-ID: <ours@lotus.example>\nTo: lan@example.vn\n\nHello\n",
        "Content-Type: message/rfc822",
    )
    status = status_part(about("lan@example.vn", "5.1.1"))
    mail = parse_mail(multipart("report", [part("It failed."), status, returned]))
    assert mail.bounce and mail.bounce.message_id == "ours@lotus.example"


def test_a_robot_that_returns_a_mail_needs_no_known_subject():
    returned = part("Message-ID: <ours@lotus.example>\n\nHello\n", "Content-Type: message/rfc822")
    said = part("Your mail could not be delivered to: <lan@example.vn>\nAs it is full.\n")
    robot = multipart("mixed", [said, returned], "Subject: Mail", "From: no-reply@example.vn")
    raw = robot.replace(b"From: Ann <ann@example.org>\r\n", b"")
    assert parse_mail(raw).kind is MailKind.BOUNCE
    assert parse_mail(robot.replace(b"no-reply@", b"lan@")).kind is MailKind.HUMAN


def test_a_person_who_sends_us_a_bounce_is_a_person():
    returned = part("Message-ID: <x@example.vn>\n\nHello\n", "Content-Type: message/rfc822")
    said = part("My mail to you came back: user unknown. It could not be delivered.\n")
    raw = multipart("mixed", [said, returned], "Subject: Undeliverable: my order")
    assert parse_mail(raw).kind is MailKind.HUMAN


NOTICE = (
    '{"notificationType":"%s","bounce":{"bounceType":"Permanent","bouncedRecipients":['
    '{"emailAddress":"lan@example.vn","action":"failed","status":"5.1.1"}]},"mail":{"source"!\n'
    ' :"support@lotus.example"}}\n\n--\nUnsubscribe\n'
)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Bounce", MailKind.BOUNCE),
        ("Complaint", MailKind.COMPLAINT),
        ("Delivery", MailKind.AUTO_REPLY),
    ],
)
def test_notices_of_amazons_mail_service_are_read(word: str, kind: MailKind):
    raw = letter(NOTICE % word, "Subject: Notification", sender="no-reply@sns.example")
    mail = parse_mail(raw)
    assert mail.kind is kind
    wanted = Bounce("lan@example.vn", "5.1.1", "failed")
    assert mail.bounce == (wanted if kind is MailKind.BOUNCE else None)
    person = letter(NOTICE % word, "Subject: Notification", sender="lan@example.vn")
    assert parse_mail(person).kind is MailKind.HUMAN


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("自动回复: 订单", "我正在休假，10月8日回来。"),
        ("自動回覆: 訂單", "我目前不在辦公室。"),
        ("Trả lời tự động: đơn hàng", "Tôi đang nghỉ phép đến ngày 8/10."),
        ("Автоответ: заказ", "Я в отпуске до 8 октября."),
        ("Automatic reply: order", "I am out of the office until Monday."),
    ],
)
def test_who_is_away_says_so_in_the_text(subject: str, text: str):
    raw = letter(text, f"Subject: {subject}", "Content-Type: text/plain; charset=utf-8")
    assert parse_mail(raw).kind is MailKind.OUT_OF_OFFICE


def test_a_person_on_holiday_is_a_person():
    raw = letter("I am on vacation until Monday, please deliver after that.", "Subject: Order")
    assert parse_mail(raw).kind is MailKind.HUMAN
