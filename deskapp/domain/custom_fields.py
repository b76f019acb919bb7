"""A desk's own fields of customers: what their values are, how they are kept and told."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from .ids import FieldId
from .kinds import FieldKind
from .naming import name_key
from .plain import one_line, plain_text
from .problem import Problem, ProblemKind

LONGEST_VALUE = 2000
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%Y年%m月%d日")
_YES = frozenset({"yes", "y", "true", "1", "да", "有", "是", "có", "co"})
_NO = frozenset({"no", "n", "false", "0", "нет", "否", "没有", "không", "khong"})
_GROUPED = re.compile(r"-?\d{1,3}(?:([ \u00a0\u202f',.])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")


@dataclass(frozen=True, slots=True)
class CustomField:
    """One field. ``choices`` only of a choice. An archived one keeps its values and is not asked
    for; ``used`` is how many customers have a value."""

    id: FieldId
    name: str
    kind: FieldKind
    choices: tuple[str, ...]
    archived: bool
    version: int
    used: int = 0


@dataclass(frozen=True, slots=True)
class CustomValue:
    """What a customer has in a field, as it is kept; "" for nothing."""

    field: CustomField
    value: str


def checked_choices(kind: FieldKind, written: str) -> tuple[str, ...]:
    """The choices, a line each, doubles left out. Raises Problem(EMPTY, what="choices")."""
    if kind is not FieldKind.CHOICE:
        return ()
    lines = [line for line in map(one_line, plain_text(written).split("\n")) if line]
    if not lines:
        raise Problem(ProblemKind.EMPTY, what="choices")
    once: dict[str, str] = {}
    for line in lines:
        once.setdefault(name_key(line), line)
    return tuple(once.values())


def checked_value(field: CustomField, written: str) -> str:
    """What is kept of what was typed; "" empties the field.

    Numbers may have a comma or grouped thousands, days are read as 2026-11-22, 22.11.2026 or
    22/11/2026. Raises Problem(INVALID, what="field_text", "field_number" ..., with ``name``).
    """
    plain = plain_text(written).strip()
    if not plain:
        return ""
    value = _READ[field.kind](plain, field)
    if not value or len(value) > LONGEST_VALUE:
        what = f"field_{field.kind.value}"
        raise Problem(ProblemKind.INVALID, what=what, name=field.name, value=plain[:80])
    return value


def _number(plain: str, _field: CustomField) -> str:
    grouped = _GROUPED.fullmatch(plain)
    if grouped is not None:
        mark = grouped[1]
        # One mark before three figures may as well be a decimal one: 1.234 is left as it stands.
        if grouped[2] or mark not in ",." or plain.count(mark) > 1:
            plain = plain.replace(mark, "")
    try:
        number = Decimal(plain.replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        return ""
    return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 40 else ""


def _day(plain: str, _field: CustomField) -> str:
    for form in _DAYS:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return ""


def _choice(plain: str, field: CustomField) -> str:
    wanted = name_key(plain)
    return next((one for one in field.choices if name_key(one) == wanted), "")


def _yes_no(plain: str, _field: CustomField) -> str:
    said = plain.casefold()
    return "yes" if said in _YES else "no" if said in _NO else ""


def _link(plain: str, _field: CustomField) -> str:
    """Only what a browser opens: a value that runs something is no link."""
    said = plain if "://" in plain else f"https://{plain}"
    return said if re.fullmatch(r"(?i)https?://[^\s/@]+\.[^\s@/]+(?:/\S*)?", said) else ""


def _text(plain: str, _field: CustomField) -> str:
    return plain


_READ = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.LINK: _link,
}


def day_of(value: str) -> date | None:
    """The day that a kept value means."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
