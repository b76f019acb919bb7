"""How far an act in a shop has come: forward only, and never sent twice."""

from enum import StrEnum


class ActState(StrEnum):
    """Stored. SENDING is committed before a byte leaves; whoever finds it later only asks."""

    WANTED = "wanted"  # the shop is asked what would happen, and then the person who wants it
    WAITING = "waiting"  # for a second person
    APPROVED = "approved"  # leaves within moments, or not at all
    SENDING = "sending"
    UNDER_WAY = "under_way"  # the shop works at it
    UNCLEAR = "unclear"  # nobody knows: a person looks in the shop
    DONE = "done"
    NOT_DONE = "not_done"


class ActWhy(StrEnum):
    """Why an act was not done. Stored."""

    NONE = ""
    WITHDRAWN = "withdrawn"  # by who wanted it
    DECLINED = "declined"  # by the second person
    EXPIRED = "expired"  # nothing sent it in time, so it is not sent by surprise later
    OFFLINE = "offline"
    NO_KEY = "no_key"  # the shop's key is on another computer
    CHANGED = "changed"  # the order had changed in the shop
    REFUSED = "refused"  # the shop said no
    SWITCHED_OFF = "switched_off"
    NOT_THERE = "not_there"  # the shop was asked afterwards: it did nothing
    BY_HAND = "by_hand"  # a person looked in the shop and said so


SETTLED_STATES = (ActState.DONE, ActState.NOT_DONE)
NOT_SENT = (ActState.WANTED, ActState.WAITING, ActState.APPROVED)
SENT_STATES = (ActState.SENDING, ActState.UNDER_WAY, ActState.UNCLEAR)
BY_PERSON = (ActState.UNCLEAR, ActState.UNDER_WAY)
"""What a person may settle by hand, with their name and a reason."""
