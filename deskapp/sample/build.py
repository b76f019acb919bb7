"""Builds the sample desk in memory: the same one for the same ``now`` and ``seed``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import TypeVar

from deskapp.domain.kinds import TicketStatus
from deskapp.sample import order_mail, purchases, specials
from deskapp.sample.cast import Fate, Scene, fates, play
from deskapp.sample.conversations import Place, Thread, play_out
from deskapp.sample.purchases import Purchase
from deskapp.sample.rows import (
    Sample,
    SampleAgent,
    SampleCanned,
    SampleCustomer,
    SampleMail,
    SampleSetting,
    SampleShop,
    SampleSource,
)
from deskapp.sample.slots import bought, fitting, slots, wants_order
from deskapp.sample.texts import (
    LANGUAGES,
    Person,
    Product,
    Talk,
    read_people,
    read_products,
    read_talks,
    table,
)

_Member = TypeVar("_Member")
TALK_FILES = ("talks-en", "talks-vi", "talks-zh-hans", "talks-zh-hant", "talks-ru", "talks-long")
_SIDE_ORDERS = 18


def build_sample(now: datetime, seed: int = 7, secret: bytes = b"") -> Sample:
    """The whole sample desk as it stands at ``now``, with three months behind it.

    ``secret`` is the desk's, for signing Message-IDs: with it the bounce joins the ticket that it
    is about, without it intake rightly keeps it as a ticket of its own.
    Raises ValueError for a ``now`` without a time zone.
    """
    if now.tzinfo is None:
        raise ValueError("build_sample needs a moment with a time zone")
    now = now.replace(microsecond=0)
    random = Random(seed)
    shop, people, goods = _shop(), read_people(), read_products()
    scenes = _scenes(people, now, random)
    owned = _owned(scenes, goods, random)
    everyone = [person for group in people.values() for person in group]
    noticed = order_mail.noticed_purchase(everyone, goods, now)
    aside = purchases.on_the_side(everyone, _SIDE_ORDERS, now, goods, random)
    bought_all = [noticed, *(purchase for purchase in owned if purchase), *aside]
    purchases.number_all(bought_all, random)

    mails: list[SampleMail] = []
    settings: list[SampleSetting] = []
    threads: list[tuple[Scene, Thread]] = []
    for scene, purchase in zip(scenes, owned, strict=True):
        words = slots(scene, purchase, bought(scene, purchase, goods, random))
        place = Place(shop, _mailbox(shop, scene.talk), random, secret)
        thread = play_out(scene, words, place)
        threads.append((scene, thread))
        mails.extend(thread.mails)
        settings.append(_setting(scene, thread, words))
    notice = purchases.order_data(noticed, "")
    extra = specials.all_specials(now, shop, threads, settings, notice, random)
    mails.extend(extra.mails)
    settings.extend(extra.settings)

    customers = _customers()
    phones = {customer.address: customer.phone for customer in customers}
    return Sample(
        shop=shop,
        mails=tuple(sorted(mails, key=lambda mail: mail.arrived_at)),
        tickets_plan=tuple(settings),
        sources=_sources(bought_all, phones),
        customers=customers,
        canned=_canned(),
    )


def _scenes(people: dict[str, list[Person]], now: datetime, random: Random) -> list[Scene]:
    """Every talk as often as it says; only its first playing may still be going on."""
    talks = [talk for name in TALK_FILES for talk in read_talks(name)]
    free = [talk for talk in talks if not talk.status]
    random.shuffle(free)
    again = [talk for talk in free for _ in range(talk.uses - 1)]
    free.sort(key=lambda talk: min(len(talk.turns), 3))  # the short ones are those still new
    pairs = list(zip(free + again, fates(random, len(free) + len(again)), strict=True))
    pinned = [(talk, Fate(TicketStatus.OPEN, None, 1.0)) for talk in talks if talk.status]
    by_name = {person.name: person for group in people.values() for person in group}
    waiting = {language: _turn_about(group, random) for language, group in people.items()}
    thoughts = {
        language: _turn_about(table("afterthoughts")[language], random) for language in LANGUAGES
    }
    scenes = []
    for talk, ending in [*pinned, *pairs]:
        fate = ending
        if ending.status is TicketStatus.OPEN:
            fate = replace(ending, afterthought=next(thoughts[talk.language]))
        person = by_name[talk.who] if talk.who else next(waiting[talk.language])
        scenes.append(play(talk, person, fate, now, random))
    return scenes


def _turn_about(group: list[_Member], random: Random) -> Iterator[_Member]:
    """The members of a group again and again, each once before any is taken twice."""
    while True:
        round_of_all = group.copy()
        random.shuffle(round_of_all)
        yield from round_of_all


def _owned(scenes: list[Scene], goods: list[Product], random: Random) -> list[Purchase | None]:
    """The order of each scene, None where its talk is not about one."""
    out: list[Purchase | None] = []
    for scene in scenes:
        if not wants_order(scene):
            out.append(None)
            continue
        purchase = purchases.for_talk(
            scene.person, scene.talk.tag, scene.times[0], fitting(scene, goods), goods, random
        )
        if scene.talk.size:
            product, _, pieces = purchase.lines[0]
            purchase.lines[0] = (product, scene.talk.size, pieces)
        if scene.talk.order:
            purchase.number = scene.talk.order
            purchase.source = (
                purchases.SHOP if scene.talk.order.startswith("#") else purchases.VIETNAM
            )
        out.append(purchase)
    return out


def _mailbox(shop: SampleShop, talk: Talk) -> str:
    return shop.mailboxes[1] if talk.mailbox == "orders" else shop.mailboxes[0]


def _setting(scene: Scene, thread: Thread, words: dict[str, str]) -> SampleSetting:
    noted = scene.talk.note if scene.agent else ""
    return SampleSetting(
        message_id=thread.ids[0],
        status=scene.status,
        assignee=scene.agent,
        tags=tuple(tag for tag in (scene.talk.tag, *scene.talk.tags) if tag),
        note=noted.format_map(words) or None,
        note_by=scene.agent if noted else None,
    )


def _shop() -> SampleShop:
    shop = table("shop")
    agents = tuple(
        SampleAgent(row["name"], row["address"], dict(row["signatures"])) for row in shop["agent"]
    )
    return SampleShop(shop["name"], tuple(shop["mailboxes"]), agents)


def _customers() -> tuple[SampleCustomer, ...]:
    facts = table("people")["fact"]
    out = []
    for group in read_people().values():
        for person in group:
            fact = facts.get(person.address, {})
            out.append(
                SampleCustomer(
                    person.name,
                    person.address,
                    person.language,
                    fact.get("phone", ""),
                    fact.get("must_know", ""),
                )
            )
    return tuple(out)


def _canned() -> tuple[SampleCanned, ...]:
    return tuple(
        SampleCanned(
            row["name"],
            row["folder"],
            {language: row[language].strip() for language in LANGUAGES if language in row},
        )
        for row in table("canned")["reply"]
    )


def _sources(bought_all: list[Purchase], phones: dict[str, str]) -> tuple[SampleSource, ...]:
    ordered = sorted(bought_all, key=lambda purchase: purchase.placed_at)
    return tuple(
        SampleSource(
            name,
            tuple(
                purchases.order_data(purchase, phones.get(purchase.person.address, ""))
                for purchase in ordered
                if purchase.source == name
            ),
        )
        for name in (purchases.SHOP, purchases.VIETNAM)
    )
