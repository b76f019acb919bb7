"""Strangers who write whatever may get their mail onto somebody else's ticket."""

import random
from collections.abc import Callable
from dataclasses import replace

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.message_ids import make_message_id

from .ground import Ground
from .letters import letter


def forged_unmarked(ground: Ground, count: int) -> int:
    """How many of ``count`` strangers' mails lie on somebody else's ticket without a mark."""
    victims = [f"v{n}@customer.example" for n in range(10)]
    ground.arrive(
        *(
            letter(f"victim {n}", sender=one, message_id=f"{n}@v", subject=f"Matter {n}", hours=n)
            for n, one in enumerate(victims)
        )
    )
    signed = _answer_all(ground)
    chosen = random.Random(31)
    ways: list[Callable[[int], dict[str, object]]] = [
        lambda n: {"answers": (f"{n % 10}@v",)},
        lambda n: {"answers": (chosen.choice(signed),)},
        lambda n: {"answers": (_flipped(chosen.choice(signed), chosen),)},
        lambda n: {"answers": (make_message_id(b"another desk", "shop.example", f"{n:024}"),)},
        lambda n: {"message_id": f"{n % 10}@v"},
        lambda n: {"subject": f"Re: Matter {n % 10}"},
        lambda n: {"text": f"see <{chosen.choice(signed)}>"},
        lambda n: {"subject": f"Re: [#{n % 10 + 1}] Matter"},
        lambda n: {"sender": "Support <support@shop.example>", "answers": (f"{n % 10}@v",)},
        lambda n: {"answers": tuple(f"{one}@v" for one in range(10)), "cc": victims[n % 10]},
    ]
    for start in range(0, count, 100):
        ground.later(minutes=5)
        raws = []
        for n in range(start, min(start + 100, count)):
            facts: dict[str, object] = {"sender": f"eve{n}@evil.example", "hours": 30 + n / 1000}
            facts |= ways[n % len(ways)](n)
            facts["text"] = f"forged{n} {facts.get('text', '')}"
            raws.append(letter(**facts))  # type: ignore[arg-type]
        ground.arrive(*raws)
    unmarked = 0
    for row in ground.rows():
        messages = ground.messages(row.id)
        mine = any(one.text.startswith("victim") for one in messages)
        forged = [one for one in messages if one.text.startswith("forged")]
        unmarked += sum(1 for one in forged if mine and not one.marked)
    return unmarked


def _answer_all(ground: Ground) -> list[str]:
    signed = []
    for row in ground.rows():
        draft = replace(ground.replies.draft(row.id), body="We look into it.")
        signed.append(ground.replies.send(draft, status=TicketStatus.OPEN).message_id)
    return signed


def _flipped(signed: str, chosen: random.Random) -> str:
    place = chosen.randrange(33, 56)
    return signed[:place] + ("0" if signed[place] != "0" else "1") + signed[place + 1 :]
