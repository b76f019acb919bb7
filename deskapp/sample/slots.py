"""Fills the braces of a talk: order, product, names and dates of the scene it is played in."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from deskapp.sample import phrases
from deskapp.sample.cast import Scene
from deskapp.sample.purchases import Purchase, shown_price, total, tracking_url
from deskapp.sample.texts import Product, table


def fitting(scene: Scene, goods: list[Product]) -> list[Product]:
    """The products that the talk can be about: those it names, else with sizes if it needs them."""
    named = scene.talk.goods.split()
    text = scene.talk.subject + "".join(turn.text for turn in scene.talk.turns)
    sized = "{size" in text
    return [
        item for item in goods if (item.sku in named if named else bool(item.sizes) or not sized)
    ]


def wants_order(scene: Scene) -> bool:
    """Whether the talk is about an order that exists."""
    text = scene.talk.subject + "".join(turn.text for turn in scene.talk.turns)
    return any(slot in text for slot in ("{order}", "{tracking}", "{track_url}", "{amount}"))


@dataclass(frozen=True, slots=True)
class Bought:
    """What the scene is about: the order's main line, or just a product asked for."""

    product: Product
    size: str
    other: Product


def bought(scene: Scene, purchase: Purchase | None, goods: list[Product], random: Random) -> Bought:
    if purchase is None:
        product = random.choice(fitting(scene, goods))
        other = random.choice([item for item in goods if item is not product])
        return Bought(product, product.sizes[1] if product.sizes else "", other)
    product, size, _ = purchase.lines[0]
    rest = [item for item, _, _ in purchase.lines[1:]] or [
        item for item in goods if item is not product
    ]
    return Bought(product, size, rest[0])


def slots(scene: Scene, purchase: Purchase | None, thing: Bought) -> dict[str, str]:
    """The word for each slot. A woman's Russian verbs end in what ``{a}`` gives."""
    person, language = scene.person, scene.person.language
    woman = person.sex == "f"
    sizes = thing.product.sizes
    next_size = sizes[sizes.index(thing.size) + 1] if thing.size in sizes[:-1] else thing.size
    first = scene.times[0]
    back = 10 if scene.talk.tag == "lost parcel" else 3
    carrier = table("shop")["carriers"][language]
    words = {
        "name": person.name,
        "call": person.call,
        "city": person.city,
        "greeting": phrases.greeting(person),
        "a": "а" if woman else "",
        "hon": "chị" if woman else "anh",
        "Hon": "Chị" if woman else "Anh",
        "product": thing.product.titles[language],
        "product2": thing.other.titles[language],
        "size": thing.size,
        "size2": next_size,
        "carrier": carrier["name"],
        "date": phrases.short_day(first - timedelta(days=back), language),
        "date2": phrases.short_day(first + timedelta(days=6), language),
        "agent": (scene.agent or "").partition(" ")[0],
    }
    if purchase is not None:
        words |= {
            "order": purchase.number,
            "bare": purchase.number.lstrip("#"),
            "tracking": purchase.tracking,
            "track_url": tracking_url(purchase),
            "amount": shown_price(total(purchase), language),
            "ordered": phrases.short_day(purchase.placed_at, language),
        }
    return words
