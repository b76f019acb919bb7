"""The names a canned reply may use, and their values for one ticket."""

from collections.abc import Mapping
from datetime import date

from .greeting import WrittenNames, family_name, first_name, greeting

NAMES: Mapping[str, tuple[str, ...]] = {
    "customer": (
        "name",
        "first_name",
        "family_name",
        "honorific",
        "email",
        "language",
        "greeting",
        "first_time",
    ),
    "ticket": ("number", "subject", "status"),
    "agent": ("name", "first_name", "signature"),
    "mailbox": ("name", "address"),
    "order": (
        "number",
        "status",
        "status_words",
        "total",
        "items",
        "carrier",
        "tracking",
        "tracking_url",
        "eta",
        "date",
    ),
}
PLACEHOLDERS: tuple[str, ...] = (
    *(f"{group}.{name}" for group, names in NAMES.items() for name in names),
    "today",
    "weekday",
)
"""Every name, for the editor's list: ``customer.name`` … ``today``. ``customer.first_time`` is true
while they have written of one matter only; ``weekday`` is monday … sunday, and ``order.status`` a
word of ``orders.OrderStatus``, both for conditions."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Facts = Mapping[str, object]


def canned_variables(
    *,
    customer: Facts | None = None,
    ticket: Facts | None = None,
    agent: Facts | None = None,
    mailbox: Facts | None = None,
    order: Facts | None = None,
    today: date | None = None,
) -> dict[str, object]:
    """The variables of :func:`deskapp.domain.canned.render`, by the names of ``NAMES``.

    What is None, blank or not among the names is left out, so that its placeholder stays visible
    and blocks sending. First name, family name and greeting are made from ``name`` and
    ``language`` where they are not given; an agent's first name is made from the name alone.
    """
    given = {
        "customer": _with_names(customer or {}),
        "ticket": ticket or {},
        "agent": agent or {},
        "mailbox": mailbox or {},
        "order": order or {},
    }
    agent_name = str(given["agent"].get("name") or "")
    given["agent"] = {"first_name": first_name(agent_name, ""), **_known(given["agent"])}
    variables: dict[str, object] = {}
    for group, names in NAMES.items():
        facts = _known(given[group])
        variables[group] = {name: facts[name] for name in names if name in facts}
    if today is not None:
        variables["today"] = today
        variables["weekday"] = _WEEKDAYS[today.weekday()]
    return variables


def _with_names(customer: Facts) -> Facts:
    name = str(customer.get("name") or "")
    language = str(customer.get("language") or "")
    names = WrittenNames(
        *(str(customer.get(part) or "") for part in ("family_name", "given_name", "call_name"))
    )
    made = {
        "first_name": first_name(name, language, names),
        "family_name": family_name(name, language, names),
        "greeting": greeting(name, language, str(customer.get("honorific") or ""), names),
    }
    return {**made, **_known(customer)}


def _known(facts: Facts) -> dict[str, object]:
    return {
        name: value
        for name, value in facts.items()
        if value is not None and not (isinstance(value, str) and not value.strip())
    }
