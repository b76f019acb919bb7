"""Enhanced status codes of mail servers as sentences (RFC 3463, with RFC 5248's registry).

A code is CLASS.SUBJECT.DETAIL. Class 4 passes, class 5 is final; what went wrong is in the rest.
"""

import re

from PySide6.QtCore import QCoreApplication

from .translatable import N

_CODE = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})")

# By subject alone, for details that nobody registered.
_SUBJECTS = {
    "1": N("DeliveryStatus", "Something is wrong with the address."),
    "2": N("DeliveryStatus", "Something is wrong with their mailbox."),
    "3": N("DeliveryStatus", "Their mail system cannot take it."),
    "4": N("DeliveryStatus", "The way to their mail server is disturbed."),
    "5": N("DeliveryStatus", "The mail servers did not understand each other."),
    "6": N("DeliveryStatus", "Their server cannot handle what the message contains."),
    "7": N("DeliveryStatus", "Their server's rules forbid it."),
}
_DETAILS = {
    "1.1": N("DeliveryStatus", "Nobody has this address there."),
    "1.2": N("DeliveryStatus", "No such mail domain: is it misspelt behind the @?"),
    "1.3": N("DeliveryStatus", "The address is misspelt."),
    "1.4": N("DeliveryStatus", "The address means several people there."),
    "1.6": N("DeliveryStatus", "They have moved, and left no new address."),
    "1.7": N("DeliveryStatus", "Our own address is misspelt."),
    "1.8": N("DeliveryStatus", "Our own address is not known to their server."),
    "1.10": N("DeliveryStatus", "Their domain takes no mail at all."),
    "2.1": N("DeliveryStatus", "Their mailbox is switched off."),
    "2.2": N("DeliveryStatus", "Their mailbox is full."),
    "2.3": N("DeliveryStatus", "It is larger than their mailbox takes."),
    "2.4": N("DeliveryStatus", "A mailing list there could not pass it on."),
    "3.1": N("DeliveryStatus", "Their mail system has no room left."),
    "3.2": N("DeliveryStatus", "Their mail system takes no mail at the moment."),
    "3.3": N("DeliveryStatus", "Their mail system lacks something that this message needs."),
    "3.4": N("DeliveryStatus", "It is larger than their mail system takes."),
    "4.1": N("DeliveryStatus", "Their mail server does not answer."),
    "4.2": N("DeliveryStatus", "The line to their mail server broke."),
    "4.3": N("DeliveryStatus", "Where their mail server is could not be looked up."),
    "4.4": N("DeliveryStatus", "No way leads to their mail server."),
    "4.5": N("DeliveryStatus", "Their mail server has too much to do."),
    "4.6": N("DeliveryStatus", "It went round in a circle between mail servers."),
    "4.7": N("DeliveryStatus", "It was tried for too long without success."),
    "5.2": N("DeliveryStatus", "Their server did not understand ours."),
    "5.3": N("DeliveryStatus", "It has too many recipients."),
    "6.1": N("DeliveryStatus", "Their server does not take this kind of content."),
    "7.0": N("DeliveryStatus", "Their server refuses it by its own rules."),
    "7.1": N("DeliveryStatus", "Their server takes no mail from us: as spam, or we are blocked."),
    "7.2": N("DeliveryStatus", "We may not write to this mailing list."),
    "7.3": N("DeliveryStatus", "It could not be passed on safely."),
    "7.5": N("DeliveryStatus", "It could not be encrypted as their server asks."),
    "7.7": N("DeliveryStatus", "It was changed on its way."),
    "7.8": N("DeliveryStatus", "The sign-in at the mail server was refused."),
    "7.9": N("DeliveryStatus", "The mail server does not take this way of signing in."),
    "7.13": N("DeliveryStatus", "Their mailbox is blocked."),
    "7.20": N("DeliveryStatus", "It has no valid signature of our domain (DKIM)."),
    "7.21": N("DeliveryStatus", "No signature of our domain (DKIM) was accepted."),
    "7.23": N("DeliveryStatus", "Our mail server may not send for our domain (SPF)."),
    "7.24": N("DeliveryStatus", "Our domain's rule on who may send (SPF) could not be read."),
    "7.25": N("DeliveryStatus", "Our mail server has no name in reverse (PTR)."),
    "7.26": N("DeliveryStatus", "Our domain could not be proven: neither SPF nor DKIM passed."),
    "7.27": N("DeliveryStatus", "Our domain takes no mail itself."),
    "7.28": N("DeliveryStatus", "Their server has had too much mail like this."),
}


def status_words(code: str) -> str:
    """A sentence for ``code``; "" for one that says nothing (X.0.0) or is none."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return ""
    subject, detail = found.groups()
    words = _DETAILS.get(f"{int(subject)}.{int(detail)}") or _SUBJECTS.get(subject, "")
    return QCoreApplication.translate("DeliveryStatus", words) if words else ""
