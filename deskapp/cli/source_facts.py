"""Order sources as commands print them."""

from collections.abc import Sequence

from deskapp.domain.order_sources import SourceState
from deskapp.domain.orders import Gap, Shortfall, SourceFacts
from deskapp.domain.problem import Problem

from .errors import sentence
from .output import safe_line, show_table, tell, when

_GAPS = {
    Gap.HIDDEN: "The key may not see some fields: {names}.",
    Gap.ONLY_SINCE: "With this key the shop shows only orders placed since {since}; there may be "
    "older ones.",
    Gap.NO_SUCH_SEARCH: "The shop cannot look for this by itself; the desk's own copy was asked.",
    Gap.MORE: "The shop has more than were asked for.",
    Gap.NOT_GRANTED: "The key lacks: {names}.",
    Gap.LEFT_OUT: "Orders that could not be read and were left out: {names}.",
    Gap.MAY_WRITE: "The key may do more than read, which deskapp does not need: {names}.",
    Gap.READ_WHOLE: "Nothing tells what changed since the last reading, so everything is read "
    "each time.",
    Gap.FILE_UNREAD: "A file of the folder could not be read: {names}.",
}
_FILE_WHY = {
    "wrong_columns": "no columns of orders were found",
    "empty": "it is empty",
    "too_large": "it is too large",
    "file_unreadable:html": "it is a web page",
    "file_unreadable:xls": "it is an old Excel file, to be saved as xlsx or CSV",
}


def gap_words(gap: Shortfall) -> str:
    """What an answer leaves out, as a sentence."""
    since = when(gap.since)[:10] if gap.since else "a while ago"
    said = _GAPS[gap.gap].replace("{since}", since)
    names = [_FILE_WHY.get(name, name) for name in gap.names]
    return safe_line(said.replace("{names}", ", ".join(names)))


def source_facts(state: SourceState) -> dict[str, object]:
    """The JSON of one source; without secrets, which it has none of."""
    own = state.settings
    return {
        "id": state.id,
        "name": own.name,
        "kind": own.kind,
        "address": own.address,
        "sign_in": own.sign_in,
        "own_network": own.own_network,
        "number_pattern": own.number_pattern,
        "every": own.every,
        "active": state.active,
        "state": state.word,
        "orders": state.orders,
        "read_at": state.read_at,
        "tried_at": state.tried_at,
        "next_at": state.next_at,
        "trouble": sentence(state.trouble) if state.trouble else None,
        "shortfalls": [gap_facts(one) for one in state.shortfalls],
    }


def gap_facts(gap: Shortfall) -> dict[str, object]:
    return {
        "gap": gap.gap,
        "names": list(gap.names),
        "since": gap.since,
        "message": gap_words(gap),
    }


def show_sources(states: Sequence[SourceState]) -> None:
    """A table, and below it what stands in the way or is left out."""
    rows = [
        (
            one.settings.name,
            one.settings.kind,
            one.word,
            one.orders,
            when(one.read_at),
            one.settings.address,
        )
        for one in states
    ]
    show_table(("name", "kind", "state", "orders", "read", "address"), rows)
    for one in states:
        if one.trouble is not None:
            tell(f"{one.settings.name}: {sentence(one.trouble)}")
        for gap in one.shortfalls:
            tell(f"{one.settings.name}: {gap_words(gap)}")


def test_facts(facts: SourceFacts) -> dict[str, object]:
    """The JSON of a live test."""
    return {
        "shop": facts.name,
        "currency": facts.currency,
        "finds": sorted(facts.finds),
        "missing": list(facts.missing),
        "shortfalls": [gap_facts(one) for one in facts.shortfalls],
    }


def trouble_facts(name: str, problem: Problem) -> dict[str, object]:
    return {"source": name, "kind": problem.kind, "message": sentence(problem)}
