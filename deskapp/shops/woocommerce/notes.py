"""Notes on an order at WooCommerce, for those who work in the shop.

The order's ``customer_note`` is another thing: what the customer wrote, which they read again.
"""

from collections.abc import Callable, Mapping

from deskapp.domain.order_acts import ActEnd, ActReport, ChangeNote

from ..acting import is_signed, listed, signed_note
from ..answers import Json
from ..shapes import Shape
from .session import Session


def note(act: ChangeNote, key: str) -> Mapping[str, Json]:
    return {"note": signed_note(act.text, key), "customer_note": False, "added_by_user": True}


def reading(key: str) -> Callable[[Shape], ActReport]:
    """How the answer is read."""

    def read(answer: Shape) -> ActReport:
        done = answer.text("id") and is_signed(answer.lines("note"), key)
        return ActReport(ActEnd.DONE if done else ActEnd.UNCLEAR, answer.text("id"))

    return read


def found(session: Session, act: ChangeNote, key: str) -> ActReport | None:
    notes = listed(session.get(f"/orders/{int(act.order.ref)}/notes", {"type": "internal"}).data)
    for one in notes:
        if is_signed(one.lines("note"), key):
            return ActReport(ActEnd.DONE, one.text("id"))
    # The shop notes itself what becomes of an order: there is none without any.
    return None if notes else ActReport(ActEnd.UNCLEAR)
