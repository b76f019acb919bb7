"""Fields of a shop's answer as people call them."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from deskapp.ui.translatable import N

_FIELDS = {
    "shippingAddress": N("SourceState", "the delivery address"),
    "billingAddress": N("SourceState", "the billing address"),
    "email": N("SourceState", "the mail address"),
    "phone": N("SourceState", "the phone number"),
    "customer": N("SourceState", "who the customer is"),
    "shipments": N("SourceState", "parcels"),
    "creditmemos": N("SourceState", "refunds"),
    "refunds": N("SourceState", "refunds"),
    "returns": N("SourceState", "returns"),
    "fulfillments": N("SourceState", "parcels"),
}


def shop_field_words(names: Iterable[str]) -> str:
    """Several fields, each once; one that is unknown is shown as the shop names it."""
    return ", ".join(dict.fromkeys(map(_one, names)))


def _one(name: str) -> str:
    words = next((_FIELDS[part] for part in name.split(".") if part in _FIELDS), None)
    return QCoreApplication.translate("SourceState", words) if words else name
