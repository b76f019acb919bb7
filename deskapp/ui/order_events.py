"""What a ticket's history says of return cases, order forms and acts in shops."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.act_states import ActState
from deskapp.domain.kinds import EventKind
from deskapp.domain.order_acts import ActKind
from deskapp.domain.order_forms import FormKind, FormState
from deskapp.domain.return_cases import ReturnState
from deskapp.domain.tickets import EventRow

from .translatable import N

ORDER_EVENTS = {
    EventKind.RETURN_CASE: N("Words", "{who} changed the return case {name}"),
    EventKind.ORDER_FORM: N("Words", "{who} wrote an order form"),
    EventKind.ORDER_ACT: N("Words", "{who} wanted something done in the shop"),
}
_OPENED = N("Words", "{who} opened the return case {name}")
_STEP = N("Words", "{who}: the return case {name} is now “{new}”")
_RETURN = {
    ReturnState.ASKED: N("Words", "asked for"),
    ReturnState.APPROVED: N("Words", "approved"),
    ReturnState.LABEL_SENT: N("Words", "label sent"),
    ReturnState.ON_THE_WAY: N("Words", "on the way"),
    ReturnState.ARRIVED: N("Words", "arrived"),
    ReturnState.INSPECTED: N("Words", "inspected"),
    ReturnState.REFUNDED: N("Words", "refunded"),
    ReturnState.REPLACED: N("Words", "replaced"),
    ReturnState.REFUSED: N("Words", "refused"),
    ReturnState.CLOSED: N("Words", "closed"),
}
_FORM = {
    (FormKind.PLACE, FormState.DRAFT): N("Words", "{who} wrote a form for a new order"),
    (FormKind.CHANGE, FormState.DRAFT): N("Words", "{who} wrote a form to change an order"),
    (FormKind.CANCEL, FormState.DRAFT): N("Words", "{who} wrote a form to cancel an order"),
    (FormKind.PLACE, FormState.ASKED): N("Words", "{who} asked {new} to place an order"),
    (FormKind.CHANGE, FormState.ASKED): N("Words", "{who} asked {new} to change the order"),
    (FormKind.CANCEL, FormState.ASKED): N("Words", "{who} asked {new} to cancel the order"),
    (FormKind.PLACE, FormState.DONE): N("Words", "{who} says that the order was placed"),
    (FormKind.CHANGE, FormState.DONE): N("Words", "{who} says that the order was changed"),
    (FormKind.CANCEL, FormState.DONE): N("Words", "{who} says that the order was cancelled"),
    (FormKind.PLACE, FormState.DROPPED): N("Words", "{who} dropped the form for a new order"),
    (FormKind.CHANGE, FormState.DROPPED): N("Words", "{who} dropped the form to change an order"),
    (FormKind.CANCEL, FormState.DROPPED): N("Words", "{who} dropped the form to cancel an order"),
}
_SOMEBODY = N("Words", "somebody")
_ACT = {
    ActState.WANTED: N("Words", "{who} wants in the shop: {what}"),
    ActState.WAITING: N("Words", "{who} asked a second person to approve: {what}"),
    ActState.APPROVED: N("Words", "{who} confirmed: {what}"),
    ActState.SENDING: N("Words", "Sent to the shop: {what}"),
    ActState.UNDER_WAY: N("Words", "The shop works at it: {what}"),
    ActState.UNCLEAR: N("Words", "Not clear whether the shop did it: {what}"),
    ActState.DONE: N("Words", "Done in the shop: {what}"),
    ActState.NOT_DONE: N("Words", "Not done in the shop: {what}"),
}
_BY_HAND = {
    ActState.DONE: N("Words", "{who} looked in the shop: it was done: {what}"),
    ActState.NOT_DONE: N("Words", "{who} looked in the shop: it was not done: {what}"),
}
_KINDS = {
    ActKind.NOTE: N("Words", "write the order's note"),
    ActKind.ADDRESS: N("Words", "change the address"),
    ActKind.CANCEL: N("Words", "cancel the order"),
    ActKind.REFUND: N("Words", "give money back"),
    ActKind.RETURN: N("Words", "open a return"),
    ActKind.PLACE: N("Words", "make a draft order"),
}


def order_event(row: EventRow, who: str) -> str:
    """One line of a ticket's history, for a kind of ``ORDER_EVENTS``."""
    if row.kind is EventKind.RETURN_CASE:
        return _return(row).replace("{name}", row.reason).replace("{who}", who)
    if row.kind is EventKind.ORDER_FORM:
        known = _form(row)
        said = _tr(_FORM[known] if known else ORDER_EVENTS[row.kind])
        return said.replace("{new}", row.old or _tr(_SOMEBODY)).replace("{who}", who)
    said = ORDER_EVENTS[row.kind]
    if row.new in list(ActState):
        state = ActState(row.new)
        by_hand = bool(row.agent_name) and row.old in (ActState.UNCLEAR, ActState.UNDER_WAY)
        said = _BY_HAND.get(state, _ACT[state]) if by_hand else _ACT[state]
    return _tr(said).replace("{what}", act_told(row.reason)).replace("{who}", who)


def return_state(state: ReturnState) -> str:
    """How far a case is."""
    return _tr(_RETURN[state])


def act_kind(kind: ActKind) -> str:
    """What is done, as the end of a sentence."""
    return _tr(_KINDS[kind])


def act_told(reason: str) -> str:
    """What was wanted in the shop, its first word in the language of the windows."""
    kind, _, rest = reason.partition(" ")
    if kind not in list(ActKind):
        return reason
    return f"{act_kind(ActKind(kind))} {rest}".rstrip()


def _return(row: EventRow) -> str:
    if row.new not in list(ReturnState):
        return _tr(ORDER_EVENTS[row.kind])
    if not row.old:
        return _tr(_OPENED)
    return _tr(_STEP).replace("{new}", return_state(ReturnState(row.new)))


def _form(row: EventRow) -> tuple[FormKind, FormState] | None:
    known = row.reason in list(FormKind) and row.new in list(FormState)
    return (FormKind(row.reason), FormState(row.new)) if known else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)
