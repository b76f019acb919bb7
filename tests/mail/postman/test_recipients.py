"""A mail to several: who was refused, who gets it later, who is never asked."""

from datetime import timedelta

from tests.data.mail_rows import add_outgoing
from tests.servers.smtp_sink import SmtpSink

from .house import House


def test_a_refused_recipient_is_shown_and_the_others_get_it(
    house: House, smtp_sink: SmtpSink
) -> None:
    smtp_sink.script.recipients = {"no@example.org": "550 5.1.1 unknown"}
    add_outgoing(house.database, house.mailbox, "yes@example.org", "no@example.org")
    assert house.send() == 1
    assert smtp_sink.mails[0].recipients == ("yes@example.org",)
    assert house.row()[4] == "no@example.org: 550 5.1.1 unknown"
    assert house.recipients() == {"yes@example.org": "accepted", "no@example.org": "refused"}
    assert house.events() == ["send_failed"]


def test_a_recipient_to_be_tried_later_gets_it_later_and_alone(
    house: House, smtp_sink: SmtpSink
) -> None:
    smtp_sink.script.recipients = {"later@example.org": "450 4.2.1 busy"}
    add_outgoing(house.database, house.mailbox, "yes@example.org", "later@example.org")
    house.send()
    assert house.state() == "queued"
    smtp_sink.script.recipients = {}
    house.send(after=timedelta(minutes=1))
    assert [mail.recipients for mail in smtp_sink.mails] == [
        ("yes@example.org",),
        ("later@example.org",),
    ]
    assert house.state() == "sent"


def test_nobody_accepted_means_no_body_is_sent(house: House, smtp_sink: SmtpSink) -> None:
    smtp_sink.script.recipients = {"no@example.org": "550 5.1.1 unknown"}
    add_outgoing(house.database, house.mailbox, "no@example.org")
    house.send()
    assert house.row()[:2] == ("failed", "sender_accepted")
    assert smtp_sink.mails == []


def test_an_address_that_is_none_never_reaches_the_line(house: House, smtp_sink: SmtpSink) -> None:
    add_outgoing(house.database, house.mailbox, "a@example.org>\r\nRCPT TO:<b@example.org")
    house.send()
    assert house.state() == "failed"
    assert smtp_sink.mails == []
