"""What return cases, forms and acts in shops are called on screen."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.act_states import ActState, ActWhy
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_forms import FormKind, FormState, OrderForm
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import Condition, RefundState, ReturnKind, ReturnReason
from deskapp.ui.errors import explain
from deskapp.ui.translatable import N

_KINDS = {
    ReturnKind.RETURN: N("OrderWork", "Return"),
    ReturnKind.EXCHANGE: N("OrderWork", "Exchange"),
    ReturnKind.REPLACEMENT: N("OrderWork", "Replacement"),
    ReturnKind.COMPLAINT: N("OrderWork", "Complaint"),
}
_REASONS = {
    ReturnReason.DAMAGED: N("OrderWork", "arrived damaged"),
    ReturnReason.DEFECT: N("OrderWork", "does not work"),
    ReturnReason.WRONG_ITEM: N("OrderWork", "wrong item"),
    ReturnReason.MISSING_PARTS: N("OrderWork", "parts are missing"),
    ReturnReason.NOT_AS_DESCRIBED: N("OrderWork", "not as described"),
    ReturnReason.SIZE: N("OrderWork", "does not fit"),
    ReturnReason.CHANGED_MIND: N("OrderWork", "not wanted any more"),
    ReturnReason.TOO_LATE: N("OrderWork", "came too late"),
    ReturnReason.NOT_ARRIVED: N("OrderWork", "never arrived"),
    ReturnReason.OTHER: N("OrderWork", "something else"),
}
_CONDITIONS = {
    Condition.UNKNOWN: N("OrderWork", "condition not known"),
    Condition.UNOPENED: N("OrderWork", "unopened"),
    Condition.OPENED: N("OrderWork", "opened"),
    Condition.USED: N("OrderWork", "used"),
    Condition.DAMAGED: N("OrderWork", "damaged"),
    Condition.INCOMPLETE: N("OrderWork", "incomplete"),
}
_REFUNDS = {
    RefundState.NONE: N("OrderWork", "no refund"),
    RefundState.WANTED: N("OrderWork", "to be given back"),
    RefundState.GIVEN: N("OrderWork", "given back"),
}
_FORMS = {
    FormKind.PLACE: N("OrderWork", "Place an order"),
    FormKind.CHANGE: N("OrderWork", "Change the order"),
    FormKind.CANCEL: N("OrderWork", "Cancel the order"),
}
_FORM_STATES = {
    FormState.DRAFT: N("OrderWork", "not asked for yet"),
    FormState.ASKED: N("OrderWork", "asked for"),
    FormState.DONE: N("OrderWork", "done"),
    FormState.DROPPED: N("OrderWork", "dropped"),
}
_ACT_STATES = {
    ActState.WANTED: (N("OrderWork", "to be confirmed"), "warn"),
    ActState.WAITING: (N("OrderWork", "waits for a second person"), "warn"),
    ActState.APPROVED: (N("OrderWork", "leaves now"), "warn"),
    ActState.SENDING: (N("OrderWork", "being sent"), "warn"),
    ActState.UNDER_WAY: (N("OrderWork", "the shop works at it"), "warn"),
    ActState.UNCLEAR: (N("OrderWork", "not clear: please check"), "bad"),
    ActState.DONE: (N("OrderWork", "done in the shop"), "muted"),
    ActState.NOT_DONE: (N("OrderWork", "not done"), "bad"),
}
_ACT_SENTENCES = {
    ActState.WAITING: N(
        "OrderWork", "It is above what you may do alone. A colleague has to look at it."
    ),
    ActState.APPROVED: N("OrderWork", "It leaves for the shop now."),
    ActState.SENDING: N("OrderWork", "The shop is being asked to do it. It is never sent twice."),
    ActState.UNDER_WAY: N(
        "OrderWork",
        "The shop has not said yet that it is done. It is asked again by itself, and nothing is "
        "sent twice.",
    ),
    ActState.UNCLEAR: N(
        "OrderWork",
        "The line was lost: the shop may have done it or not. Nothing is tried again. Look in the "
        "shop, then say here what you saw.",
    ),
    ActState.DONE: N("OrderWork", "The shop has done it."),
}
_UNASKED = N(
    "OrderWork",
    "The shop has not said for days that it is done, and is not asked by itself any more. Look in "
    "the shop, then say here what you saw.",
)
_RESTORED = N(
    "OrderWork",
    "This desk comes out of a backup: it may have been done in the shop since. The shop is asked, "
    "and nothing is sent.",
)
_WHY = {
    ActWhy.WITHDRAWN: N("OrderWork", "It was taken back before it left. Nothing was sent."),
    ActWhy.DECLINED: N("OrderWork", "The second person said no. Nothing was sent."),
    ActWhy.EXPIRED: N(
        "OrderWork",
        "Nothing sent it in time, so it was dropped and not sent later by surprise. Begin anew.",
    ),
    ActWhy.OFFLINE: N(
        "OrderWork", "The shop could not be reached. Nothing was sent, and nothing waits."
    ),
    ActWhy.NO_KEY: N("OrderWork", "This computer does not have the shop's key. Nothing was sent."),
    ActWhy.CHANGED: N(
        "OrderWork", "The order had changed in the shop meanwhile. Nothing was done; look again."
    ),
    ActWhy.REFUSED: N("OrderWork", "The shop said no. Nothing was done."),
    ActWhy.SWITCHED_OFF: N("OrderWork", "An admin switched this off meanwhile. Nothing was sent."),
    ActWhy.NOT_THERE: N("OrderWork", "The shop was asked afterwards: it has not done it."),
    ActWhy.BY_HAND: N("OrderWork", "{who} looked in the shop: it was not done."),
    ActWhy.NONE: N("OrderWork", "It was not done."),
}
_FACTS = {
    "status": N("OrderWork", "Status"),
    "payment": N("OrderWork", "Payment"),
    "fulfilment": N("OrderWork", "Shipping"),
    "total": N("OrderWork", "Total"),
    "refunded": N("OrderWork", "Given back so far"),
    "note": N("OrderWork", "Note"),
    "address": N("OrderWork", "Address"),
    "items": N("OrderWork", "Items"),
    "cancelled": N("OrderWork", "Cancelled"),
}


def return_kind(kind: ReturnKind) -> str:
    return _tr(_KINDS[kind])


def return_reason(code: str) -> str:
    return _tr(_REASONS[ReturnReason(code)]) if code in list(ReturnReason) else code


def condition(state: Condition) -> str:
    return _tr(_CONDITIONS[state])


def refund_state(state: RefundState) -> str:
    return _tr(_REFUNDS[state])


def form_kind(kind: FormKind) -> str:
    return _tr(_FORMS[kind])


def form_state(form: OrderForm) -> tuple[str, str]:
    """Its chip: words and tone."""
    tone = "warn" if form.state in (FormState.DRAFT, FormState.ASKED) else "muted"
    return _tr(_FORM_STATES[form.state]), tone


def act_state(row: ActRow) -> tuple[str, str]:
    """Its chip: words and tone."""
    said, tone = _ACT_STATES[row.state]
    return _tr(said), tone


def act_sentence(row: ActRow) -> str:
    """How it stands, in sentences: what happened, what is safe, what to do."""
    if row.state is ActState.NOT_DONE:
        said = _tr(_WHY[row.why]).replace("{who}", row.settled_name)
    else:
        said = _tr(_UNASKED if _is_left(row) else _ACT_SENTENCES.get(row.state, ""))
    if row.state is ActState.UNCLEAR and row.sent_at is None:
        said = _tr(_RESTORED)
    if row.state is ActState.DONE and row.settled_name:
        who = _tr(N("OrderWork", "{who} looked in the shop: it was done."))
        said = who.replace("{who}", row.settled_name)
    parts = [said, row.settled_words, row.said, _trouble(row)]
    return "\n".join(dict.fromkeys(filter(None, parts)))


def _is_left(row: ActRow) -> bool:
    return row.state is ActState.UNDER_WAY and row.next_at is None


def fact(name: str) -> str:
    """What a fact of an order is called."""
    return _tr(_FACTS.get(name, name))


def _trouble(row: ActRow) -> str:
    facts = dict(row.trouble)
    kind = facts.pop("kind", "")
    if kind not in list(ProblemKind):
        return ""
    told = explain(Problem(ProblemKind(str(kind)), **facts))
    return told.happened


def _tr(said: str) -> str:
    return QCoreApplication.translate("OrderWork", said) if said else ""
