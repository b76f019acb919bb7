"""Times, sizes and money in words."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from deskapp.domain.kinds import EventKind, MailKind, OutboxState, TicketStatus, View
from deskapp.domain.orders import OrderStatus
from deskapp.domain.tickets import EventRow
from deskapp.ui import text, words

pytestmark = pytest.mark.usefixtures("qapp")

NOON = datetime.now().astimezone().replace(2026, 11, 18, 12, 0, 0, 0).astimezone(UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=2), "Mon"),
        (timedelta(days=60), "19 Sept"),
    ],
)
def test_ages_are_short_words(ago: timedelta, said: str) -> None:
    assert text.age(NOON - ago, NOON) == said


def test_a_plural_follows_its_number() -> None:
    assert text.span(timedelta(days=2)) == "2 days"
    assert text.span(timedelta(minutes=1)) == "1 min"


def test_money_is_exact_and_knows_currencies_without_cents() -> None:
    assert text.money(Decimal("12345678901234567.89"), "EUR") == "12,345,678,901,234,567.89 €"
    assert text.money(Decimal("1249000"), "VND") == "1,249,000 ₫"
    assert text.money(Decimal("-0.50"), "USD") == "-0.50 $"
    assert text.money(Decimal("3"), "XTS") == "3.00 XTS"
    assert text.money(None, "EUR") == ""


def test_money_follows_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("vi_VN"))
    try:
        assert text.money(Decimal("1249000"), "VND") == "1.249.000 ₫"
    finally:
        QLocale.setDefault(before)


def test_languages_are_called_as_their_speakers_call_them() -> None:
    assert text.language_name("vi") == "Tiếng Việt"
    assert text.language_name("ru") == "Русский"
    assert text.language_name("zh-TW") == "繁體中文"
    assert text.language_name("zh-CN") == "简体中文"


def test_every_kind_has_a_word() -> None:
    assert all(words.status(value) for value in TicketStatus)
    assert all(words.view(value) for value in View)
    assert all(words.mail_kind(value) for value in MailKind if value is not MailKind.HUMAN)
    assert all(words.order_status(value) for value in OrderStatus if value.value != "unknown")
    assert words.trouble(OutboxState.UNCERTAIN) and not words.trouble(OutboxState.SENT)


@pytest.mark.parametrize("kind", EventKind)
def test_every_event_is_a_sentence_with_its_facts(kind: EventKind) -> None:
    said = words.event(EventRow(kind, NOON, "Anna", "open", "waiting", ""))
    assert "{" not in said and said
    if kind is EventKind.STATUS:
        assert said == "Anna set the status from Open to Waiting for customer"
