"""The orders that the sample's customers write about, and some that nobody wrote about."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from deskapp.domain.orders import OrderData, OrderLine, OrderStatus, Shipment
from deskapp.sample.texts import Person, Product, table

SHOP, VIETNAM = "Lotus Shop", "Lotus VN"

# Days between the order and the mail about it, and where the order stands by then.
_BEFORE: dict[str, tuple[float, float]] = {
    "payment": (0.05, 0.5),
    "address": (0.1, 0.8),
    "discount": (0.1, 2),
    "warranty": (45, 150),
    "delivery": (8, 12),
    "lost parcel": (12.5, 15),
}
_STANDING: dict[str, OrderStatus] = {
    "payment": OrderStatus.OPEN,
    "address": OrderStatus.PAID,
    "discount": OrderStatus.PAID,
    "delivery": OrderStatus.SHIPPED,
    "lost parcel": OrderStatus.SHIPPED,
    "return": OrderStatus.RETURNED,
    "cancel": OrderStatus.CANCELLED,
}
_SHOP_WORDS: dict[OrderStatus, tuple[str, str]] = {
    OrderStatus.OPEN: ("pending", "unfulfilled"),
    OrderStatus.PAID: ("paid", "unfulfilled"),
    OrderStatus.SHIPPED: ("paid", "fulfilled"),
    OrderStatus.DELIVERED: ("paid", "delivered"),
    OrderStatus.CANCELLED: ("voided", "unfulfilled"),
    OrderStatus.REFUNDED: ("refunded", "delivered"),
    OrderStatus.RETURNED: ("partially_refunded", "returned"),
}


@dataclass(slots=True)
class Purchase:
    """An order before it has its number. ``lines`` are product, size and pieces."""

    person: Person
    source: str
    placed_at: datetime
    standing: OrderStatus
    lines: list[tuple[Product, str, int]]
    tracking: str
    number: str = ""


def for_talk(
    person: Person,
    tag: str,
    started: datetime,
    firsts: list[Product],
    goods: list[Product],
    random: Random,
) -> Purchase:
    """The order that a conversation begun at ``started`` is about; one of ``firsts`` leads it."""
    low, high = _BEFORE.get(tag, (6, 20))
    placed = started - timedelta(days=random.uniform(low, high))
    standing = _STANDING.get(tag, OrderStatus.DELIVERED)
    if tag == "refund" and random.random() < 0.6:
        standing = OrderStatus.REFUNDED
    return _purchase(person, placed, standing, firsts, goods, random)


def on_the_side(
    people: list[Person], count: int, now: datetime, goods: list[Product], random: Random
) -> list[Purchase]:
    """Orders that went well, so that records and lists have a past."""
    out = []
    for _ in range(count):
        placed = now - timedelta(days=random.uniform(3, 140))
        person = random.choice(people)
        fresh = now - placed < timedelta(days=6)
        standing = OrderStatus.SHIPPED if fresh else OrderStatus.DELIVERED
        out.append(_purchase(person, placed, standing, goods, goods, random))
    return out


def _purchase(
    person: Person,
    placed: datetime,
    standing: OrderStatus,
    firsts: list[Product],
    goods: list[Product],
    random: Random,
) -> Purchase:
    first = random.choice(firsts)
    picked = [first, *random.sample([item for item in goods if item is not first], 2)]
    kept = picked[: random.choice((1, 1, 2, 2, 3))]
    lines = [
        (item, random.choice(item.sizes[:-1]) if item.sizes else "", _pieces(item, random))
        for item in kept
    ]
    vietnam = person.language == "vi" and random.random() < 0.9
    prefix = table("shop")["carriers"][person.language]["prefix"]
    tracking = f"{prefix}{random.randint(10_000_000, 99_999_999)}"
    source = VIETNAM if vietnam else SHOP
    return Purchase(person, source, placed.astimezone(UTC), standing, lines, tracking)


def _pieces(item: Product, random: Random) -> int:
    return random.choice((1, 2, 3)) if item.price < 40 else 1


def number_all(purchases: list[Purchase], random: Random) -> None:
    """Gives each order its number in the order of dates, around those already named by a talk."""
    taken = {purchase.number for purchase in purchases if purchase.number}
    count = {SHOP: 10_236, VIETNAM: 20_402}
    for purchase in sorted(purchases, key=lambda purchase: purchase.placed_at):
        while not purchase.number:
            count[purchase.source] += random.choice((1, 1, 2, 3))
            current = count[purchase.source]
            number = f"#{current}" if purchase.source == SHOP else f"LV-{current}"
            if number not in taken:
                purchase.number = number


def price(product: Product, language: str) -> Decimal:
    """What a product costs in the currency of a language's customers."""
    money = table("shop")["money"][language]
    step = money["step"]
    return Decimal(round(product.price * money["rate"] / step) * step)


def shown_price(amount: Decimal, language: str) -> str:
    """An amount as customers write it."""
    return {
        "en": f"€{amount:,.2f}",
        "vi": f"{amount:,.0f} đ".replace(",", "."),
        "zh-Hans": f"{amount:.0f}元",
        "zh-Hant": f"NT${amount:,.0f}",
        "ru": f"{amount:,.0f} руб.".replace(",", " "),
    }[language]


def total(purchase: Purchase) -> Decimal:
    language = purchase.person.language
    return sum(
        (price(item, language) * pieces for item, _, pieces in purchase.lines), start=Decimal(0)
    )


def tracking_url(purchase: Purchase) -> str:
    carrier = table("shop")["carriers"][purchase.person.language]
    return f"{carrier['url']}{purchase.tracking}"


def order_data(purchase: Purchase, phone: str) -> OrderData:
    """The order as its source would hand it over."""
    language = purchase.person.language
    paid, fulfilled = _SHOP_WORDS[purchase.standing]
    return OrderData(
        number=purchase.number,
        status="cancelled" if purchase.standing is OrderStatus.CANCELLED else "open",
        payment_status=paid,
        fulfilment_status=fulfilled,
        standing=purchase.standing,
        placed_at=purchase.placed_at.replace(microsecond=0),
        currency=table("shop")["money"][language]["currency"],
        total=total(purchase),
        customer_name=purchase.person.name,
        email=purchase.person.address,
        phone=phone,
        shipping_address=f"{purchase.person.name}\n{purchase.person.city}",
        lines=tuple(
            OrderLine(
                f"{item.sku}-{size}" if size else item.sku,
                f"{item.titles[language]} {size}".strip(),
                Decimal(pieces),
                price(item, language),
            )
            for item, size, pieces in purchase.lines
        ),
        shipments=_shipments(purchase),
    )


def _shipments(purchase: Purchase) -> tuple[Shipment, ...]:
    if purchase.standing in (OrderStatus.OPEN, OrderStatus.PAID, OrderStatus.CANCELLED):
        return ()
    carrier = table("shop")["carriers"][purchase.person.language]["name"]
    shipped = (purchase.placed_at + timedelta(hours=26)).replace(microsecond=0)
    arrived = None if purchase.standing is OrderStatus.SHIPPED else shipped + timedelta(days=4)
    return (Shipment(carrier, purchase.tracking, tracking_url(purchase), shipped, arrived),)
