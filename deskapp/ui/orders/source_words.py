"""What stands between a window and the whole truth about orders, in sentences."""

from collections.abc import Container, Iterable

from PySide6.QtCore import QCoreApplication

from deskapp.domain.order_sources import SourceState
from deskapp.domain.orders import Gap, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import text
from deskapp.ui.errors import explain
from deskapp.ui.translatable import N

from .shop_fields import shop_field_words

_GAPS = {
    Gap.HIDDEN: N("SourceWords", "{shop} hides some details from this key: {names}."),
    Gap.ONLY_SINCE: N("SourceWords", "{shop} shows no orders from before {date} to this key."),
    Gap.NOT_GRANTED: N("SourceWords", "{shop}: the key lacks the permission {names}."),
}
_SIXTY_DAYS = N("SourceWords", "{shop} shows only the orders of the last 60 days to this key.")
_AWAY = {ProblemKind.OFFLINE, ProblemKind.TOO_SLOW, ProblemKind.SERVER_DOWN}
_OFFLINE = N("SourceWords", "{shop} cannot be reached: this is the copy kept here.")
_REFUSED = N("SourceWords", "{shop} does not let us in any more: this is the copy kept here.")
_SCOPE = N("SourceWords", "{shop}: the key lacks the permission {names}.")
_OTHER = N("SourceWords", "{shop}: {trouble}")


def source_remarks(sources: Iterable[SourceState], shops: Container[str] = ()) -> list[str]:
    """A sentence for everything that people must know before they trust what is shown.

    Of the sources named in ``shops``, which have told of what is shown; where none has, of all.
    """
    told = []
    for one in sources:
        if not one.active or (shops and one.settings.name not in shops):
            continue
        if one.trouble is not None:
            told.append(_trouble(one.settings.name, one.trouble))
        told += [_gap(one.settings.name, gap) for gap in one.shortfalls if gap.gap in _GAPS]
    return list(dict.fromkeys(told))


def _trouble(shop: str, problem: Problem) -> str:
    if problem.kind in _AWAY:
        return _said(_OFFLINE, shop)
    if problem.kind is ProblemKind.SIGN_IN_REFUSED:
        return _said(_REFUSED, shop)
    if problem.kind is ProblemKind.SCOPE_MISSING:
        return _said(_SCOPE, shop, names=str(problem.details.get("scope", "")))
    return _said(_OTHER, shop, trouble=explain(problem).happened)


def _gap(shop: str, gap: Shortfall) -> str:
    if gap.gap is Gap.ONLY_SINCE and gap.since is None:
        return _said(_SIXTY_DAYS, shop)
    date = text.day(gap.since) if gap.since is not None else ""
    hidden = gap.gap is Gap.HIDDEN
    names = shop_field_words(gap.names) if hidden else ", ".join(gap.names)
    return _said(_GAPS[gap.gap], shop, names=names, date=date)


def _said(sentence: str, shop: str, **facts: str) -> str:
    said = QCoreApplication.translate("SourceWords", sentence)
    for name, value in {**facts, "shop": shop}.items():
        said = said.replace("{" + name + "}", value)
    return said
