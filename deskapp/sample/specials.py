"""Mails that no person wrote in a talk: reports, notices, newsletters, spam, an empty one."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.orders import OrderData
from deskapp.sample import mime, order_mail, pictures, reports
from deskapp.sample.cast import Scene
from deskapp.sample.clients import CLIENTS, Envelope, header_lines, received_line
from deskapp.sample.conversations import Thread
from deskapp.sample.quoting import to_html
from deskapp.sample.rows import SampleMail, SampleSetting, SampleShop
from deskapp.sample.texts import table


@dataclass(slots=True)
class Specials:
    """Collects the mails beside the talks, and what staff did with the tickets that they began."""

    now: datetime
    shop: SampleShop
    random: Random
    mails: list[SampleMail] = field(default_factory=list)
    settings: list[SampleSetting] = field(default_factory=list)

    def add(
        self,
        envelope: Envelope,
        part: mime.Part,
        charset: str = "utf-8",
        extra: tuple[str, ...] = (),
    ) -> None:
        """Delivers one mail to the mailbox in its To."""
        domain = envelope.sender[1].partition("@")[2]
        trace = received_line(domain, envelope.sent_at, self.random)
        raw = mime.message([trace, *header_lines(envelope, charset, extra)], part)
        mailbox = envelope.to[0][1]
        arrived = envelope.sent_at + timedelta(seconds=4)
        self.mails.append(SampleMail(raw, "INBOX", mailbox, arrived))

    def envelope(
        self, sender: tuple[str, str], subject: str, age: timedelta, mailbox: int = 0
    ) -> Envelope:
        token = f"{self.random.getrandbits(64):016x}"
        return Envelope(
            f"<{token}@{sender[1].partition('@')[2]}>",
            sender,
            ((self.shop.name, self.shop.mailboxes[mailbox]),),
            subject,
            self.now - age,
        )

    def settle(
        self, envelope: Envelope, status: TicketStatus, assignee: str | None, *tags: str
    ) -> None:
        """Says how staff left the ticket that this mail began."""
        self.settings.append(SampleSetting(envelope.message_id, status, assignee, tags, None, None))


def all_specials(
    now: datetime,
    shop: SampleShop,
    threads: list[tuple[Scene, Thread]],
    settings: list[SampleSetting],
    noticed: OrderData,
    random: Random,
) -> Specials:
    """Every mail of this kind. ``settings`` of tickets that a report arrived on are changed.

    ``noticed`` is the order that the shop's own system announces.
    """
    specials = Specials(now, shop, random)
    answered = [
        (scene, thread)
        for scene, thread in threads
        if scene.status is TicketStatus.WAITING and scene.person.language == "en"
        if scene.agent != "Anna Nowak" and not scene.talk.colleague
    ]
    (_, bounced), (_, absent) = answered[0], answered[1]
    _bounce(specials, *answered[0])
    _out_of_office(specials, *answered[1])
    for place, setting in enumerate(settings):
        if setting.message_id == bounced.ids[0]:
            settings[place] = replace(setting, status=TicketStatus.OPEN)
        elif setting.message_id == absent.ids[0]:
            settings[place] = replace(setting, tags=(*setting.tags, "away"))
    _order_mail(specials, noticed)
    _notices(specials)
    _empty(specials)
    for row in table("special")["spam"]:
        _spam(specials, row)
    return specials


def _bounce(specials: Specials, scene: Scene, thread: Thread) -> None:
    """RFC 3464: the report that our last answer of this thread did not arrive."""
    row = table("special")["bounce"]
    address = scene.person.address
    domain = address.partition("@")[2]
    envelope = replace(
        specials.envelope(
            ("Mail Delivery Subsystem", f"mailer-daemon@{domain}"),
            "Undelivered Mail Returned to Sender",
            timedelta(0),
        ),
        sent_at=scene.times[-1] + timedelta(minutes=2),
        references=(thread.ids[-1],),
    )
    ours = next(mail for mail in reversed(thread.mails) if mail.folder == "Sent")
    part = reports.delivery_report(
        text=row["text"].format(domain=domain, address=address).strip(),
        host=f"mx.{domain}",
        recipient=address,
        diagnostic=row["diagnostic"],
        original=ours.raw,
        boundary=f"report-{specials.random.getrandbits(32):08x}",
    )
    specials.add(envelope, part, extra=("Auto-Submitted: auto-replied",))
    # In a desk that cannot know our ids as its own, the report is a ticket of its own.
    specials.settle(envelope, TicketStatus.OPEN, scene.agent, scene.talk.tag, "delivery failed")


def _out_of_office(specials: Specials, scene: Scene, thread: Thread) -> None:
    """RFC 3834: the customer's own machine answers ours."""
    row, person = table("special")["out_of_office"], scene.person
    subject = row["subject"].format(subject=f"Re: {thread.subject}")
    envelope = replace(
        specials.envelope((person.name, person.address), subject, timedelta(0)),
        sent_at=scene.times[-1] + timedelta(seconds=40),
        references=thread.ids,
    )
    part = mime.text_part(row["text"].format(name=person.name).strip(), "plain", "utf-8", "7bit")
    extra = ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk")
    specials.add(envelope, part, extra=extra)


def _order_mail(specials: Specials, order: OrderData) -> None:
    row = table("special")["order_mail"]
    sender = ("Lotus Shop", "no-reply@shop-platform.example")
    subject = row["subject"].format(number=order.number, name=order.customer_name)
    envelope = specials.envelope(sender, subject, order_mail.AGE, 1)
    reply_to = f"Reply-To: {mime.address(order.customer_name, order.email)}"
    specials.add(envelope, order_mail.order_part(order), extra=(reply_to,))
    specials.settle(envelope, TicketStatus.OPEN, "Minh Trần", "order")


def _notices(specials: Specials) -> None:
    letter, carrier = table("special")["newsletter"], table("special")["carrier"]
    envelope = specials.envelope(
        ("Outdoor Trade Weekly", "letter@outdoor-trade.example"),
        letter["subject"],
        timedelta(days=4, hours=3),
    )
    extra = (
        "List-Id: Outdoor Trade Weekly <weekly.outdoor-trade.example>",
        "List-Unsubscribe: <https://outdoor-trade.example/leave?u=3107>",
        "Precedence: bulk",
    )
    page = mime.text_part(f"<html><body>{to_html(letter['text'])}</body></html>", "html")
    text = mime.text_part(letter["text"], "plain", "utf-8", "quoted-printable")
    specials.add(envelope, mime.multipart("alternative", [text, page], "letter-46"), extra=extra)
    specials.settle(envelope, TicketStatus.CLOSED, None, "newsletter")
    envelope = specials.envelope(
        ("Northway Parcel", "no-reply@northway.example"), carrier["subject"], timedelta(hours=17), 1
    )
    part = mime.text_part(carrier["text"].strip(), "plain", "utf-8", "7bit")
    specials.add(envelope, part, extra=("Auto-Submitted: auto-generated",))
    specials.settle(envelope, TicketStatus.SOLVED, "Minh Trần", "carrier")


def _empty(specials: Specials) -> None:
    """No words and no subject, just a picture: people do that."""
    row = table("special")["empty"]
    sender = ("", "55120934@xinfeng.example")
    envelope = specials.envelope(sender, row["subject"], timedelta(hours=2, minutes=5))
    picture = mime.attachment(pictures.photo(specials.random), "image/png", row["file"])
    blank = mime.text_part("", "plain", "utf-8", "7bit")
    specials.add(
        envelope,
        mime.multipart("mixed", [blank, picture], "mobile-0231"),
        extra=CLIENTS["iphone"].headers,
    )
    specials.settle(envelope, TicketStatus.NEW, None)


def _spam(specials: Specials, row: dict[str, Any]) -> None:
    name, _, mail = row["who"].partition("|")
    charset = row.get("charset", "utf-8")
    age = timedelta(hours=specials.random.uniform(3, 400))
    envelope = specials.envelope((name, mail), row["subject"], age)
    part = mime.text_part(row["text"].strip(), "plain", charset, "base64")
    if row.get("html"):
        link = next(word for word in row["text"].split() if word.startswith("https://"))
        shown = f'<a href="{link}">https://lotus-outdoor.example/account</a>'
        page = to_html(row["text"].strip()).replace(link, shown)
        part = mime.text_part(f"<html><body>{page}</body></html>", "html", charset)
    if name_of_file := row.get("file"):
        harmless = b"This is the sample desk. Nothing in this file can run.\r\n"
        program = mime.attachment(harmless, "application/octet-stream", name_of_file)
        part = mime.multipart("mixed", [part, program], "part-88213")
    specials.add(envelope, part, charset)
    specials.settle(envelope, TicketStatus.SPAM, None)
