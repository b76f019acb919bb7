"""What an order source states and tells, as it stands in columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime

from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import Gap, Shortfall
from deskapp.domain.problem import Problem, ProblemKind

from ..tables.columns import AnyRow

_OWN_COLUMNS = ("kind", "name", "address", "number_pattern", "profile", "mapping")
_MOST_NAMES = 20


def columns_of(settings: SourceSettings) -> dict[str, object]:
    """The columns that hold these settings."""
    told: dict[str, object] = {}
    for one in fields(settings):
        value = getattr(settings, one.name)
        if one.name not in _OWN_COLUMNS:
            told[one.name] = dict(value) if isinstance(value, Mapping) else value
    return {
        "kind": settings.kind.value,
        "name": settings.name,
        "address": settings.address,
        "number_pattern": settings.number_pattern,
        "profile": settings.profile,
        "mapping": json.dumps(dict(settings.mapping), ensure_ascii=False),
        "settings": json.dumps(told, ensure_ascii=False),
    }


def settings_of(row: AnyRow) -> SourceSettings:
    """The settings behind a row; a newer version's words that are unknown here are left."""
    known = {one.name for one in fields(SourceSettings)} - set(_OWN_COLUMNS)
    told = {name: value for name, value in json.loads(row.settings).items() if name in known}
    told["sign_in"] = SignIn(told.get("sign_in", SignIn.NONE))
    kind = SourceKind(row.kind) if row.kind in list(SourceKind) else SourceKind.FILE
    return SourceSettings(
        kind=kind,
        name=row.name,
        address=row.address,
        number_pattern=row.number_pattern,
        profile=row.profile,
        mapping=json.loads(row.mapping),
        **told,
    )


def shortfalls_text(shortfalls: Sequence[Shortfall]) -> str:
    """The column's text, each fact once; of long lists of names the first ones."""
    told = [
        {
            "gap": one.gap.value,
            "names": list(one.names[:_MOST_NAMES]),
            "since": one.since.astimezone(UTC).isoformat() if one.since else None,
        }
        for one in dict.fromkeys(shortfalls)
    ]
    return json.dumps(told, ensure_ascii=False)


def shortfalls_of(text: str) -> tuple[Shortfall, ...]:
    """The facts behind the column's text."""
    return tuple(
        Shortfall(
            Gap(one["gap"]),
            tuple(one["names"]),
            datetime.fromisoformat(one["since"]) if one["since"] else None,
        )
        for one in json.loads(text)
        if one["gap"] in list(Gap)
    )


def trouble_text(problem: Problem) -> str:
    """The column's text."""
    told = {"kind": problem.kind.value, "details": problem.details}
    return json.dumps(told, ensure_ascii=False)


def trouble_of(text: str) -> Problem | None:
    """The Problem behind the column's text."""
    if not text:
        return None
    told = json.loads(text)
    if told["kind"] not in list(ProblemKind):
        return None
    return Problem(ProblemKind(told["kind"]), **told["details"])
