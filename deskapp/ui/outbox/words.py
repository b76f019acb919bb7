"""What is said of a reply on its way, and of each of its recipients."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import OutboxState
from deskapp.domain.outbox_trouble import LINE_FAULTS, SendFault, is_partly_sent, needs_a_person
from deskapp.domain.replies import OutboxRow, RecipientResult
from deskapp.ui import text
from deskapp.ui.translatable import N

_RECIPIENTS = {
    "waiting": N("Outbox", "To {address}"),
    "accepted": N("Outbox", "{address}: accepted"),
    "deferred": N("Outbox", "{address}: put off. {answer}"),
    "refused": N("Outbox", "{address}: refused. {answer}"),
}

_FOR_A_PERSON = (
    *(SendFault.SIGN_IN, SendFault.TLS, SendFault.NO_TLS),
    *(SendFault.PLAIN, SendFault.NO_SECRET, SendFault.SETTINGS),
)
_NO_ADDRESS = N("Outbox", "{address}: no mail of this server can go to this address.")


def state_words(row: OutboxRow, now: datetime) -> tuple[str, str]:
    """A sentence on where it stands, and its tone."""
    late = "bad" if needs_a_person(row, now) else "muted"
    if row.state is OutboxState.FAILED:
        partly = N("Outbox", "Sent to some of its recipients, and not to others.")
        whole = N("Outbox", "Not sent, and not tried again by itself.")
        return _tr(partly if is_partly_sent(row) else whole), "bad"
    if row.state is OutboxState.UNCERTAIN:
        words = N("Outbox", "May have been sent: is it in the Sent folder, or has it arrived?")
        return _tr(words), "bad"
    if row.state is OutboxState.CLAIMED:
        return _tr(N("Outbox", "Being sent")), late
    if row.unless_answered and row.not_before <= now:
        words = _tr(
            N(
                "Outbox",
                "Was to leave on {when} unless the customer writes first. Their mail could not be "
                "fetched since, so nobody knows yet; “Send now” does not wait for it.",
            )
        )
        return words.replace("{when}", text.full(row.due_at or row.not_before)), late
    if row.not_before <= now and needs_a_person(row, now):
        words = _tr(N("Outbox", "Waiting to be sent since {when}"))
        return words.replace("{when}", text.clock(row.due_at or row.not_before)), late
    if row.fault in _FOR_A_PERSON:
        return _tr(N("Outbox", "Waits until its mailbox's settings are put right.")), late
    if row.fault in LINE_FAULTS and not row.attempts:
        return _tr(N("Outbox", "Waits for the line to the mail server; it is tried again.")), late
    if row.not_before <= now:
        return _tr(N("Outbox", "Waiting to be sent")), late
    when = text.full(row.not_before)
    if row.attempts:
        words = _tr(N("Outbox", "Tried and put off; the next try is on {when}."))
        return words.replace("{when}", when), late
    if row.unless_answered:
        words = _tr(N("Outbox", "Leaves on {when}, unless the customer writes first."))
        return words.replace("{when}", when), late
    return _tr(N("Outbox", "Leaves on {when}.")).replace("{when}", when), late


def recipient_words(one: RecipientResult) -> str:
    """One recipient with the server's words."""
    unasked = one.state == "refused" and not one.code and not one.answer
    words = _tr(_NO_ADDRESS if unasked else _RECIPIENTS.get(one.state, _RECIPIENTS["waiting"]))
    return words.replace("{address}", one.address).replace("{answer}", one.answer).rstrip()


def _tr(sentence: str) -> str:
    return QCoreApplication.translate("Outbox", sentence)
