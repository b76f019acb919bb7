"""A canned reply, and what it is filled in with, for stories about them."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from sqlalchemy import insert

from deskapp.data.tables.tickets import message, message_body, ticket
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.orders import Orders
from deskapp.domain.ids import CannedId, CustomerId, MailboxId, TicketId
from deskapp.domain.kinds import Direction, MailKind
from deskapp.domain.orders import OrderData, OrderStatus, Shipment
from deskapp.domain.people import CustomerEdit
from deskapp.domain.replies import CannedReply
from tests.desk.house import NOW

PARCEL = CannedReply(
    id=None,
    name="Where is my parcel?",
    folder="Delivery",
    texts=(
        ("en", "{{ customer.greeting }}\nOrder {{ order.number }}: {{ order.tracking_url }}"),
        ("vi", "{{ customer.greeting }}\nĐơn hàng {{ order.number }} đang trên đường."),
        ("zh-Hant", "{{ customer.greeting }}\n您的訂單 {{ order.number }} 已寄出。"),
    ),
    version=0,
)


ORDER = OrderData(
    number="#1001",
    standing=OrderStatus.SHIPPED,
    placed_at=NOW - timedelta(days=9),
    currency="VND",
    total=Decimal("249000"),
    email="minh@example.com",
    shipments=(Shipment("GHN", "GHN1", "https://ghn.example/1", None, None),),
)


def id_of(reply: CannedReply) -> CannedId:
    assert reply.id is not None
    return reply.id


def ticket_of(
    context: Context,
    owner: CustomerId | None,
    *wrote: str,
    subject: str = "Hello",
    language: str = "",
    mailbox: MailboxId | None = None,
) -> TicketId:
    with context.database.writing() as unit:
        made = unit.connection.execute(
            insert(ticket)
            .values(
                number=next(_numbers),
                subject=subject,
                status="open",
                customer_id=owner,
                mailbox_id=mailbox,
                language=language,
                created_at=NOW,
                updated_at=NOW,
            )
            .returning(ticket.c.id)
        ).scalar_one()
        for minute, text in enumerate(wrote):
            row = unit.connection.execute(
                insert(message)
                .values(
                    ticket_id=made,
                    direction=Direction.IN,
                    kind=MailKind.HUMAN,
                    at=NOW + timedelta(minutes=minute),
                    created_at=NOW,
                )
                .returning(message.c.id)
            ).scalar_one()
            unit.connection.execute(insert(message_body).values(message_id=row, text=text))
    return TicketId(made)


def add_minh(context: Context, *orders: OrderData) -> CustomerId:
    minh = Customers(context).create("Nguyễn Văn Minh", "minh@example.com")
    Customers(context).edit(minh, CustomerEdit(language="vi"))
    Orders(context).save("Shop", "file", "shopify", orders)
    return minh


_numbers = count(1)
