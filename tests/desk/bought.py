"""Orders that the stories of returns, forms and acts are about."""

from datetime import UTC, datetime
from decimal import Decimal

from deskapp.desk.agents import Agents
from deskapp.desk.orders import Orders
from deskapp.domain.ids import OrderId
from deskapp.domain.orders import OrderData, OrderLine, OrderStatus

from .ground import Ground

SHIRT = OrderLine("SHIRT-M", "Áo sơ mi, size M", Decimal(3), Decimal("20.00"), "line-1")
SCARF = OrderLine("SCARF", "围巾", Decimal(1), Decimal("40.00"), "line-2")
CHANGED = datetime(2026, 11, 18, 8, tzinfo=UTC)


def order_data(number: str = "#1001", **values: object) -> OrderData:
    """Three shirts and a scarf for 100.00 EUR."""
    told = {
        "standing": OrderStatus.PAID,
        "currency": "EUR",
        "total": Decimal("100.00"),
        "customer_name": "Nguyễn Thị Lan",
        "email": "lan@customer.example",
        "lines": (SHIRT, SCARF),
        "ref": f"gid://{number.strip('#')}",
        "changed_at": CHANGED,
    }
    return OrderData(number=number, **(told | values))  # type: ignore[arg-type]


def bought(ground: Ground, *orders: OrderData, kind: str = "file") -> OrderId:
    """Stores orders of one source and gives the first one's id."""
    told = orders or (order_data(),)
    desk = Orders(ground.context)
    desk.save("Lotus shop", kind, "", told)
    return desk.numbered(told[0].number)[0]


def make_admin(ground: Ground) -> None:
    """Olga becomes an admin; Anna stays an agent."""
    Agents(ground.context).edit(ground.olga, role="admin")
