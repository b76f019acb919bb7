"""Acts and previews as the desk keeps them: JSON that every later version can read."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from .order_acts import (
    ActKind,
    CancelOrder,
    ChangeAddress,
    ChangeNote,
    OrderAct,
    Pieces,
    PlaceOrder,
    RefundOrder,
    ReturnItems,
    Seen,
)
from .orders import PostalAddress

_KINDS: Mapping[type[OrderAct], ActKind] = {
    ChangeNote: ActKind.NOTE,
    ChangeAddress: ActKind.ADDRESS,
    CancelOrder: ActKind.CANCEL,
    RefundOrder: ActKind.REFUND,
    ReturnItems: ActKind.RETURN,
    PlaceOrder: ActKind.PLACE,
}
_TYPES = {kind: made for made, kind in _KINDS.items()}


def kind_of(act: OrderAct) -> ActKind:
    """What is switched on and told for this act."""
    return _KINDS[type(act)]


def act_stored(act: OrderAct) -> str:
    """The act as JSON."""
    told = {"kind": kind_of(act), **asdict(act)}
    return json.dumps(told, ensure_ascii=False, default=_plain)


def act_kept(stored: str) -> OrderAct:
    """Reads ``act_stored`` back. Raises ValueError for what was erased."""
    told: dict[str, Any] = json.loads(stored)
    if "kind" not in told:
        raise ValueError("the act was erased")
    made = _TYPES[ActKind(told.pop("kind"))]
    for name, value in told.items():
        told[name] = _read(name, value)
    return made(**told)


def _read(name: str, value: Any) -> Any:
    if name == "order":
        at = value["changed_at"]
        return Seen(value["ref"], datetime.fromisoformat(at) if at else None)
    if name == "ship_to":
        return PostalAddress(**{**value, "lines": tuple(value["lines"])})
    if name in ("lines", "instead"):
        return tuple(Pieces(one["ref"], Decimal(one["quantity"])) for one in value)
    return Decimal(value) if name == "amount" else value


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no JSON for {type(value).__name__}")
