"""How a source of orders stands, and what it leaves out, in sentences."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.order_sources import SourceKind, SourceState
from deskapp.domain.orders import Gap, Shortfall, SourceFacts
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import text
from deskapp.ui.errors import explain
from deskapp.ui.orders.shop_fields import shop_field_words
from deskapp.ui.translatable import N

_KINDS = {
    SourceKind.FILE: N("SourceState", "Files imported by hand"),
    SourceKind.FOLDER: N("SourceState", "Watched folder"),
    SourceKind.SHOPIFY: N("SourceState", "Shopify"),
    SourceKind.WOOCOMMERCE: N("SourceState", "WooCommerce"),
    SourceKind.MAGENTO: N("SourceState", "Magento / Adobe Commerce"),
    SourceKind.SQL: N("SourceState", "The shop's own database (SQL)"),
}
_GAPS = {
    Gap.HIDDEN: N("SourceState", "The key may not see: {names}. What was known of these stays."),
    Gap.ONLY_SINCE: N(
        "SourceState", "With this key the shop shows only orders placed since {day}."
    ),
    Gap.NO_SUCH_SEARCH: N("SourceState", "The shop cannot search for this; the copy here can."),
    Gap.MORE: N("SourceState", "The shop has more than was asked for."),
    Gap.NOT_GRANTED: N("SourceState", "The key lacks: {names}."),
    Gap.LEFT_OUT: N("SourceState", "Orders that could not be read: {names}."),
    Gap.FILE_UNREAD: N("SourceState", "The file {names} could not be read."),
    Gap.MAY_WRITE: N(
        "SourceState", "This account may do more than read ({names}); one that only reads is safer."
    ),
    Gap.READ_WHOLE: N(
        "SourceState", "Nothing tells what changed since the last time, so all is read each time."
    ),
}
_FILE_WHY = {
    "wrong_columns": N("SourceState", "no columns of orders were found"),
    "empty": N("SourceState", "it is empty"),
    "too_large": N("SourceState", "it is too large"),
    "file_unreadable:html": N("SourceState", "it is a web page"),
    "file_unreadable:xls": N("SourceState", "it is an old Excel file; save it as xlsx or CSV"),
}
_PERSON = frozenset(
    (
        ProblemKind.SIGN_IN_REFUSED,
        ProblemKind.SCOPE_MISSING,
        ProblemKind.NO_SECRET,
        ProblemKind.TLS_UNTRUSTED,
        ProblemKind.NOT_PUBLIC,
        ProblemKind.REDIRECTED,
        ProblemKind.NOT_FOUND,
        ProblemKind.INVALID,
        ProblemKind.EMPTY,
    )
)
_PARTS = {
    "token": N("SourceState", "Access token"),
    "client_id": N("SourceState", "Client id"),
    "client_secret": N("SourceState", "Client secret"),
    "consumer_key": N("SourceState", "Consumer key"),
    "consumer_secret": N("SourceState", "Consumer secret"),
    "token_secret": N("SourceState", "Token secret"),
    "url": N("SourceState", "Database's address"),
}
_CLOCK_MATTERS = 120  # seconds


def kind_words(kind: SourceKind) -> str:
    """What a source is, for people."""
    return _tr(_KINDS[kind])


def part_words(name: str) -> str:
    """One of ``order_sources.SECRETS``, for people."""
    return _tr(_PARTS[name])


def no_keyring_for_keys() -> str:
    """What happens to keys on a computer without a keyring."""
    return _tr(
        N(
            "SourceState",
            "This computer has no keyring that deskapp may use: keys are kept until deskapp ends "
            "and are written nowhere. They are asked for at each start; or let another computer "
            "read the shops.",
        )
    )


def chip_words(state: SourceState) -> tuple[str, str]:
    """One or two words for how it stands, and their tone."""
    if not state.active:
        return _tr(N("SourceState", "Off")), "muted"
    if state.settings.kind is SourceKind.FILE:
        return _tr(N("SourceState", "By hand")), "muted"
    if state.trouble is not None:
        wants = state.trouble.kind in _PERSON
        if wants:
            return _tr(N("SourceState", "Needs you")), "bad"
        return _tr(N("SourceState", "Waiting")), "warn"
    if state.read_at is None:
        return _tr(N("SourceState", "First reading")), "accent"
    return _tr(N("SourceState", "Connected")), "good"


def state_words(state: SourceState, now: datetime) -> str:
    """How many orders, and when it was read."""
    said = QCoreApplication.translate("SourceState", "%Ln order(s).", None, state.orders or 0)
    if state.read_at is not None:
        read = _tr(N("SourceState", "Last read {when}."))
        said += " " + read.replace("{when}", text.stamp(state.read_at, now))
    elif state.asked:
        said += " " + _tr(N("SourceState", "Not read to its end yet."))
    if state.trouble is not None and state.next_at is not None and state.next_at > now:
        again = _tr(N("SourceState", "It is asked again {when}."))
        said += " " + again.replace("{when}", text.ahead(state.next_at, now))
    return said


def trouble_words(problem: Problem) -> str:
    """What stands in the way, and what to do, with the clock where that may be the reason."""
    told = explain(problem)
    return " ".join(filter(None, (told.happened, told.todo, clock_words(problem))))


def clock_words(problem: Problem) -> str:
    """A sentence where the shop's clock and ours are far apart."""
    apart = problem.details.get("clock")
    if not isinstance(apart, int) or abs(apart) < _CLOCK_MATTERS:
        return ""
    minutes = round(abs(apart) / 60)
    return QCoreApplication.translate(
        "SourceState",
        "The shop's clock and this computer's are %n minute(s) apart, which alone makes a shop "
        "refuse a key; set this computer's clock.",
        None,
        minutes,
    )


def gap_words(gap: Shortfall) -> str:
    """One fact about what is left out, as a sentence."""
    names = ", ".join(gap.names)
    if gap.gap is Gap.HIDDEN:
        names = shop_field_words(gap.names)
    if gap.gap is Gap.FILE_UNREAD and len(gap.names) == 2:
        why = _FILE_WHY.get(gap.names[1])
        names = f"{gap.names[0]} ({_tr(why)})" if why else gap.names[0]
    day = text.day(gap.since) if gap.since is not None else "…"
    return _tr(_GAPS[gap.gap]).replace("{day}", day).replace("{names}", names)


def test_words(facts: SourceFacts) -> list[tuple[str, str]]:
    """What a live test found, each sentence with its tone."""
    said = _tr(N("SourceState", "The connection works: {shop}."))
    told = [(said.replace("{shop}", facts.name), "good")]
    for scope in facts.missing:
        lacks = _tr(
            N("SourceState", "The key lacks the right “{scope}”. Give it to the key in the shop.")
        )
        told.append((lacks.replace("{scope}", scope), "bad"))
    return told + [(gap_words(one), "warn") for one in facts.shortfalls]


def _tr(said: str) -> str:
    return QCoreApplication.translate("SourceState", said)
