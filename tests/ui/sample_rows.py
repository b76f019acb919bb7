"""Frozen rows as the Desk gives them: tickets, messages, customers, orders, mailboxes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from deskapp.domain.ids import (
    AgentId,
    AttachmentId,
    BlobHash,
    ContactPointId,
    CustomerId,
    FolderId,
    MailboxId,
    MessageId,
    OrderId,
    OutboxId,
    TicketId,
)
from deskapp.domain.kinds import (
    ContactKind,
    Direction,
    MailKind,
    OutboxPhase,
    OutboxState,
    Security,
    TicketStatus,
)
from deskapp.domain.mail import Address
from deskapp.domain.mailboxes import FolderCount, MailboxRow, MailboxSettings, Server
from deskapp.domain.messages import AttachmentRow, Delivery
from deskapp.domain.order_card import Figures, OrderCard, ShownOrder, Whose
from deskapp.domain.order_rows import OrderDetail, OrderRow
from deskapp.domain.orders import OrderLine, OrderStatus, Shipment
from deskapp.domain.people import (
    ContactPoint,
    CustomerRecord,
    CustomerRow,
)
from deskapp.domain.tickets import (
    MessageRow,
    TicketRow,
)
from deskapp.domain.timeline import Happening, TimelineEntry, TimelinePage

NOW = datetime.now(UTC)
SUPPORT = Address("Lotus Outdoor", "support@lotus.example")
CHAU = Address("Nguyễn Thị Minh Châu", "minhchau@mail.example")

_LINES = (
    ("Nguyễn Thị Minh Châu", "Đơn hàng #10482 chưa giao", "Em đặt từ thứ Hai mà tới giờ vẫn chưa",
     "vi", "open", ("delivery",), 3, True),
    ("陳怡君", "訂單收到錯誤的尺寸", "您好，我收到的外套是 M 號，但我訂的是 L 號，可以換嗎",
     "zh-TW", "open", ("exchange",), 2, True),
    ("Иван Петрович Соколов", "Возврат денег за заказ 10377",
     "Добрый день! Две недели назад я вернул куртку и до сих пор жду", "ru", "open",
     ("refund",), 100, False),
    ("Harriet Oyelaran", "Re: Invoice for order 10391", "Thanks, that was quick. One more thing",
     "en", "waiting", (), 28, False),
    ("李伟", "发票抬头需要修改", "你好，上次开的发票抬头写错了，请帮忙改一下", "zh-CN", "open",
     ("invoice",), 30, False),
    ("Tom Becker", "Lieferadresse ändern", "Können Sie die Lieferadresse noch ändern? Ich bin",
     "de", "on_hold", ("address",), 50, False),
    ("Postmaster", "Undelivered: Your order has shipped", "550 5.1.1 The address does not exist",
     "en", "open", (), 52, False),
    ("Phạm Quốc Anh", "Xin hóa đơn VAT", "Cho mình xin hóa đơn VAT cho đơn vừa rồi với", "vi",
     "new", ("invoice",), 70, False),
    ("Мария Кузнецова", "Не подходит размер", "Можно обменять на 42-й?", "ru", "new",
     ("exchange",), 75, False),
    ("Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyễn Phúc Bảo Ngọc Quỳnh Hương",
     "Cần tư vấn về túi ngủ cho chuyến đi Tây Bắc mùa đông và một câu hỏi rất dài nữa",
     "Chào shop", "vi", "new",
     ("presale", "winter", "sleeping bag", "long question", "vip", "phone"), 80, False),
)  # fmt: skip


def ticket_row(number: int, **fields: Any) -> TicketRow:
    """The ticket with that id, in the pattern of the sample lines."""
    who, subject, snippet, language, status, tags, hours, unread = _LINES[
        (number - 1) % len(_LINES)
    ]
    at = NOW - timedelta(hours=hours)
    row = TicketRow(
        id=TicketId(number),
        number=2040 + number,
        subject=subject,
        status=TicketStatus(status),
        customer_id=CustomerId(number),
        customer_name=who,
        assignee_id=AgentId(2) if number == 6 else None,
        assignee_name="Olga" if number == 6 else "",
        mailbox_id=MailboxId(1),
        mailbox_address=SUPPORT.address,
        tags=tags,
        snippet=snippet,
        language=language,
        created_at=at,
        updated_at=at,
        waiting_since=at if status in ("new", "open") else None,
        unread=unread,
        has_attachment=number == 5,
        message_count=1,
        trouble=OutboxState.FAILED if number == 7 else None,
        version=1,
    )
    return replace(row, **fields)


def message(number: int, direction: Direction, text: str, **fields: Any) -> MessageRow:
    """A message as a conversation holds it; sender and times fit its direction."""
    ours = direction is not Direction.IN
    row = MessageRow(
        id=MessageId(number),
        ticket_id=TicketId(1),
        direction=direction,
        kind=MailKind.HUMAN,
        message_id=f"m{number}@mail.example",
        sender=SUPPORT if ours else CHAU,
        to=(CHAU,) if ours else (SUPPORT,),
        cc=(),
        reply_to=(),
        subject="Đơn hàng #10482 chưa giao",
        at=NOW - timedelta(days=2) + timedelta(hours=number),
        agent_id=AgentId(1) if ours else None,
        agent_name="Anna" if ours else "",
        text=text,
        reply_text=text,
        html="",
        reply_html="",
        language="vi",
        attachments=(),
        sha256=BlobHash("0" * 64),
        joined_by="reference" if number > 1 else "new",
        marked=False,
        defects=(),
        delivery=None,
    )
    return replace(row, **fields)


def delivery(state: OutboxState, **fields: Any) -> Delivery:
    made = Delivery(OutboxId(7), state, OutboxPhase.NONE, NOW, None, 0, "")
    return replace(made, **fields)


def attachment(number: int, name: str, kind: str, *, dangerous: bool = False) -> AttachmentRow:
    return AttachmentRow(
        AttachmentId(number), MessageId(1), name, kind, 48_213 * number, False, "", dangerous
    )


_FIRST = """Chào shop, em đặt đơn #10482 từ thứ Hai tuần trước mà chưa thấy giao. \
Shop kiểm tra giúp em với ạ. Em cần trước ngày 25.
Em cảm ơn."""
_OURS = """Chào chị Châu, shop đã kiểm tra: kiện hàng rời Đà Nẵng hôm thứ Bảy và \
dự kiến đến tay chị vào thứ Tư."""
_LAST = "Dạ hôm nay thứ Tư mà vẫn chưa có ạ. Shop gửi lại cho em được không?"


def conversation_messages() -> tuple[MessageRow, ...]:
    quote = "\n\nVào T2, Anna đã viết:\n" + "\n".join(f"> {line}" for line in _OURS.split(". ") * 5)
    return (
        message(
            1, Direction.IN, _FIRST,
            attachments=(
                attachment(1, "biên lai 10482.pdf", "application/pdf"),
                attachment(2, "ảnh.scr", "application/octet-stream", dangerous=True),
            ),
        ),
        message(2, Direction.NOTE, "Carrier says the parcel left Đà Nẵng on Saturday. If not "
                "there by Wednesday we send a new one.", language="en"),
        message(3, Direction.OUT, _OURS + quote, reply_text=_OURS,
                delivery=delivery(OutboxState.SENT)),
        message(40, Direction.IN, _LAST + quote, reply_text=_LAST, at=NOW - timedelta(minutes=35)),
    )  # fmt: skip


def customer_record(number: int) -> CustomerRecord:
    row = ticket_row(number)
    mail = ContactPoint(ContactPointId(1), ContactKind.MAIL, CHAU.address, True, False)
    phone = ContactPoint(ContactPointId(2), ContactKind.PHONE, "+84 912 345 678", True, False)
    return CustomerRecord(
        row=CustomerRow(
            CustomerId(number), row.customer_name, mail.value, phone.value, row.language,
            "Prefers calls after 18:00. Allergic to wool: no substitutes.",
            NOW - timedelta(days=800), 6, 1, 7, 1,
        ),
        address="Hải Châu, Đà Nẵng",
        time_zone="Asia/Ho_Chi_Minh",
        honorific="chị",
        company="",
        contacts=(mail, phone),
        notes=(),
    )  # fmt: skip


def earlier_tickets(number: int) -> TimelinePage:
    return TimelinePage(
        tuple(
            TimelineEntry(
                NOW - timedelta(days=days), Happening.TICKET, title, "", TicketStatus.SOLVED,
                TicketId(number + place), 2000 + place,
            )
            for place, (days, title) in enumerate(
                ((0, "this one"), (60, "Exchange of shoes"), (180, "Invoice"))
            )
        )
    )  # fmt: skip


def order_details() -> tuple[OrderDetail, ...]:
    def order(number: str, status: OrderStatus, total: str, *lines: OrderLine) -> OrderDetail:
        shipped = status is OrderStatus.SHIPPED
        tracking = "VN83920114" if shipped else ""
        row = OrderRow(
            OrderId(int(number[1:])), "shop", number, CustomerId(1), CHAU.name, CHAU.address, "",
            status, "", "paid", "", "VND", Decimal(total), NOW, len(lines), tracking,
            f"https://carrier.example/{tracking}" if tracking else "", 1,
        )  # fmt: skip
        parcels = (Shipment("VNPost", tracking, row.tracking_url, NOW, None),) if shipped else ()
        return OrderDetail(row, "", "", lines, parcels, NOW - timedelta(minutes=4))

    jacket = OrderLine("J-L", "Rain jacket L", Decimal(1), Decimal(890000))
    socks = OrderLine("S", "wool socks", Decimal(2), Decimal(179500))
    return (
        order("#10482", OrderStatus.SHIPPED, "1249000", jacket, socks),
        order("#10377", OrderStatus.DELIVERED, "389000",
              OrderLine("B", "Bottle 1 l", Decimal(1), Decimal(389000))),
    )  # fmt: skip


def order_card(customer: CustomerId, _ticket: TicketId | None, _limit: int) -> OrderCard:
    newest = tuple(ShownOrder(one, Whose.THEIRS, CHAU.name) for one in order_details())
    spent = (("VND", Decimal(1638000)),)
    return OrderCard(customer, NOW, 2, (Figures("", 2, spent),), (), newest, ())


def mailbox_row(name: str, on_server: int, stored: int, state: str = "ok") -> MailboxRow:
    server = Server("mail.example", 993, Security.TLS, name)
    return MailboxRow(
        MailboxId(1),
        MailboxSettings(f"{name}@lotus.example", "Lotus Outdoor", server, server),
        state,
        "",
        NOW - timedelta(seconds=12),
        (FolderCount(FolderId(1), "INBOX", "inbox", on_server, stored, 0, 0, 0, NOW),),
        "",
    )
