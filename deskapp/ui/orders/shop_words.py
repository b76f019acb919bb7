"""Shops' own words for payment and delivery, in the reader's language; unknown ones as they are."""

from PySide6.QtCore import QCoreApplication

from deskapp.ui.translatable import N

# By the word without case, hyphens and underscores: what it is called here, and its colour.
_WORDS: dict[str, tuple[str, str]] = {
    "paid": (N("ShopWords", "paid"), "muted"),
    "pending": (N("ShopWords", "not paid yet"), "warn"),
    "unpaid": (N("ShopWords", "not paid yet"), "warn"),
    "authorized": (N("ShopWords", "authorised"), "warn"),
    "expired": (N("ShopWords", "payment expired"), "bad"),
    "partially paid": (N("ShopWords", "paid in part"), "warn"),
    "partially refunded": (N("ShopWords", "refunded in part"), "warn"),
    "refunded": (N("ShopWords", "refunded"), "bad"),
    "voided": (N("ShopWords", "voided"), "bad"),
    "failed": (N("ShopWords", "payment failed"), "bad"),
    "fulfilled": (N("ShopWords", "sent"), "muted"),
    "unfulfilled": (N("ShopWords", "not sent yet"), "muted"),
    "partial": (N("ShopWords", "sent in part"), "warn"),
    "partially fulfilled": (N("ShopWords", "sent in part"), "warn"),
    "in progress": (N("ShopWords", "being packed"), "muted"),
    "processing": (N("ShopWords", "being packed"), "muted"),
    "open": (N("ShopWords", "open"), "muted"),
    "on hold": (N("ShopWords", "on hold"), "warn"),
    "scheduled": (N("ShopWords", "scheduled"), "muted"),
    "pending fulfillment": (N("ShopWords", "not sent yet"), "muted"),
    "restocked": (N("ShopWords", "back in stock"), "muted"),
    "complete": (N("ShopWords", "complete"), "good"),
    "completed": (N("ShopWords", "complete"), "good"),
    "in transit": (N("ShopWords", "in transit"), "warn"),
    "out for delivery": (N("ShopWords", "out for delivery"), "warn"),
    "delivered": (N("ShopWords", "delivered"), "good"),
    "attempted delivery": (N("ShopWords", "delivery was tried"), "warn"),
    "delayed": (N("ShopWords", "delayed"), "warn"),
    "failure": (N("ShopWords", "delivery failed"), "bad"),
    "not delivered": (N("ShopWords", "not delivered"), "bad"),
    "return requested": (N("ShopWords", "return asked for"), "warn"),
    "returned": (N("ShopWords", "returned"), "bad"),
}


def shop_word(own: str) -> tuple[str, str]:
    """(words, tone) for a shop's own word, which is shown as it is where nobody knows it."""
    plain = own.replace("_", " ").replace("-", " ").strip()
    known = _WORDS.get(plain.casefold())
    if known is None:
        return plain, "muted"
    return QCoreApplication.translate("ShopWords", known[0]), known[1]
