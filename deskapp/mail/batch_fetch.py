"""Fetches one batch so that no mail keeps another back.

A server may refuse, garble or hang up over one mail of many. What came whole before is kept; a
refused batch is halved down to the mail that is meant; after a broken line the rest is asked for
one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from deskapp.domain.problem import Problem

from .connection import ImapConnection
from .fetch_reply import MailReply
from .plan import LARGEST_MAIL, Batch

MOST_REFUSALS = 10
"""Single mails refused in one batch, after which the server means us and not the mail."""


@dataclass(slots=True)
class Fetched:
    """``missing`` are to be named in the ledger. ``problem`` ends the round after that."""

    mails: list[MailReply] = field(default_factory=list)
    missing: set[int] = field(default_factory=set)
    problem: Problem | None = None


def fetch_batch(connection: ImapConnection, batch: Batch, alone: set[int]) -> Fetched:
    """All of ``batch`` that the server hands over, whatever it does about some of it.

    ``alone`` are UIDs that are asked for one by one, because a line broke over their batch; it is
    kept up to date here.
    """
    found = Fetched()
    waiting = [batch.uids]
    while waiting and found.problem is None:
        uids = waiting.pop()
        try:
            came = _with_bytes(_asked(connection, batch, uids), batch)
        except Problem as problem:
            came = {} if batch.large else _with_bytes(connection.rescued, batch)
            rest = tuple(uid for uid in uids if uid not in came)
            if connection.lost or "retry_after" in problem.details:
                found.problem = problem
                _suspect(problem, uids, rest, alone, found)
            elif len(rest) > 1:
                waiting += _halves(rest)
            else:
                found.missing.update(rest)
                if len(found.missing) > MOST_REFUSALS:
                    found.problem = problem
        else:
            rest = tuple(uid for uid in uids if uid not in came)
            if len(uids) > 1 and len(rest) <= MOST_REFUSALS:
                waiting += [(uid,) for uid in rest]  # answers may have been mixed up
            else:
                found.missing.update(rest)
        found.mails += came.values()
    alone.difference_update(mail.uid for mail in found.mails)
    alone -= found.missing
    return found


def _asked(connection: ImapConnection, batch: Batch, uids: tuple[int, ...]) -> dict[int, MailReply]:
    if not batch.large:
        return connection.fetch(uids)
    reply = connection.fetch_large(uids[0], LARGEST_MAIL, batch.size)
    if reply is None and batch.size <= LARGEST_MAIL:
        return connection.fetch(uids)  # some servers cut slices wrong, and whole mails right
    return {} if reply is None else {reply.uid: reply}


def _with_bytes(came: dict[int, MailReply], batch: Batch) -> dict[int, MailReply]:
    return {uid: mail for uid, mail in came.items() if mail.raw or uid in batch.empty}


def _suspect(
    problem: Problem, uids: tuple[int, ...], rest: tuple[int, ...], alone: set[int], found: Fetched
) -> None:
    if "retry_after" in problem.details:
        return  # the server wants rest; that says nothing about the mail
    if len(uids) == 1 or alone.issuperset(uids):
        found.missing.update(rest)
    else:
        alone.update(rest)


def _halves(uids: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    middle = len(uids) // 2
    yield uids[:middle]
    yield uids[middle:]
