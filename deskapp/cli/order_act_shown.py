"""How ``deskapp order act`` shows an act."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import plain_number

from .errors import sentence
from .output import show_facts, show_json, tell

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import OrderActId
    from deskapp.domain.order_act_rows import ActRow, Cap


def tell_act(desk: "Desk", one: "OrderActId", as_json: bool) -> None:
    """How an act stands; what stood in its way is told beside it."""
    row = desk.order_acts.get(one)
    if as_json:
        show_json(act_document(row))
        return
    shown = row.shown
    facts: list[tuple[str, object]] = [
        ("Act", f"{row.id}, {row.state.replace('_', ' ')} {row.why.replace('_', ' ')}".rstrip()),
        ("What", row.told),
        ("Wanted by", row.asked_name),
        ("Approved by", row.approved_name),
        ("Shop's id", row.ref),
        ("Invoice", row.link),
        ("Settled by", f"{row.settled_name} {row.settled_words}".strip()),
    ]
    if shown is not None:
        facts.append(("Back", "" if shown.back is None else f"{shown.back:f} {shown.currency}"))
        facts.append(("Due", "" if not shown.due else f"{shown.due:f} {shown.currency}"))
        facts.append(("Customer", "is written to" if shown.told else "is not written to"))
        facts += [("Changed", f"{name}: {old} → {new}") for name, old, new in shown.changes]
    show_facts(facts)
    if row.trouble:
        details = dict(row.trouble)
        kind = ProblemKind(str(details.pop("kind")))
        tell(sentence(Problem(kind, **details)))
    if row.state == "wanted" and shown is not None:
        tell(f"Nothing is done yet: deskapp order act confirm {row.id} --type …")


def act_document(row: "ActRow") -> dict[str, object]:
    """The JSON of an act: the addresses and words in it stay in the desk."""
    told = asdict(row)
    del told["act"]
    return told


def limit_told(caps: "Iterable[Cap]", role: str, currency: str) -> str:
    """At most / alone, as 500/100; "none" where nothing is allowed."""
    for one in caps:
        if (one.role, one.currency) == (role, currency):
            return f"{plain_number(one.most)}/{plain_number(one.alone)}"
    return "none"
