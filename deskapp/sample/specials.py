"""Mails that no person wrote in a talk: reports, newsletters, spam, machine mail."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from deskapp.sample.cast import Scene
from deskapp.sample.conversations import Thread
from deskapp.sample.rows import SampleMail, SampleSetting, SampleShop


@dataclass(slots=True)
class Specials:
    """The mails beside the talks, and what staff did with the tickets that they began."""

    mails: list[SampleMail] = field(default_factory=list)
    settings: list[SampleSetting] = field(default_factory=list)


def all_specials(
    now: datetime, shop: SampleShop, threads: list[tuple[Scene, Thread]], random: Random
) -> Specials:
    return Specials()
