"""Settings, Orders: a shop is connected with a live test, mended, switched off and removed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import Gap, OrderPage, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretFile, keep_source_secret
from deskapp.shop_wiring import test_source as live_test
from deskapp.ui.bridge import Bridge
from deskapp.ui.outside import Outside
from deskapp.ui.settings.order_sources import OrderSourcesSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.source_card import SourceCard
from deskapp.ui.settings.source_dialog import SourceDialog
from deskapp.ui.settings.source_pattern import PatternField
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.servers.web import WebServer, serving
from tests.servers.woocommerce import WooShop
from tests.shops.test_woocommerce import shop_order
from tests.ui.named import nameless, not_plain

SHOP = SourceSettings(
    SourceKind.WOOCOMMERCE, "Hats", "https://hats.example", SignIn.KEYS, number_pattern=""
)


@pytest.fixture
def secrets(tmp_path: Path) -> SecretFile:
    return SecretFile(tmp_path / "secrets.json")


@pytest.fixture
def web() -> Iterator[WebServer]:
    with serving(WooShop([shop_order(1)]).answer) as served:
        yield served


@pytest.fixture
def outside(shell: ShellActions, secrets: SecretFile) -> Outside:
    shell.outside = replace(shell.outside, secrets=secrets, test_source=live_test)
    return shell.outside


@pytest.fixture
def section(
    work: Work, bridge: Bridge, shell: ShellActions, outside: Outside, qtbot: QtBot
) -> Iterator[OrderSourcesSection]:
    page = SettingsPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    made = page.show_section("orders")
    assert isinstance(made, OrderSourcesSection)
    yield made
    page.close()


def _dialog(section: OrderSourcesSection, qtbot: QtBot) -> SourceDialog:
    qtbot.waitUntil(lambda: bool(section.findChildren(SourceDialog)))
    return section.findChildren(SourceDialog)[-1]


def _said(section: OrderSourcesSection) -> str:
    return " ".join(one.text() for one in section.findChildren(QLabel) if one.isVisibleTo(section))


def _type_key(dialog: SourceDialog, *parts: str) -> None:
    fields = list(dialog.fields._secrets[dialog.fields._chosen()].values())
    for field, part in zip(fields, parts, strict=True):
        field.setText(part)


def test_a_shop_is_connected_after_its_live_test(
    section: OrderSourcesSection, desk: Desk, secrets: SecretFile, web: WebServer, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "No shop is connected yet" in _said(section))
    section.add.click()
    dialog = _dialog(section, qtbot)
    dialog.kind.setCurrentIndex(dialog.kind.findData(SourceKind.WOOCOMMERCE))
    dialog.fields.name.setText("Hats")
    dialog.fields.address.setText(f"http://127.0.0.1:{web.port}")
    dialog.foot.test.click()
    assert "plain http is for this computer alone" in dialog.told()
    dialog.fields.own_network.setChecked(True)
    _type_key(dialog, "ck_good", "cs_wrong")
    dialog.foot.test.click()
    qtbot.waitUntil(lambda: "did not accept the key" in dialog.told())
    assert "cs_wrong" not in dialog.told()
    assert desk.order_sources.list() == ()
    _type_key(dialog, "ck_good", "cs_good")
    dialog.foot.test.click()
    qtbot.waitUntil(lambda: bool(section.findChildren(SourceCard)))
    [state] = desk.order_sources.list()
    assert (state.settings.name, state.settings.own_network, state.word) == ("Hats", True, "new")
    owner = desk.order_sources.secret_owner(state.id)
    assert "cs_good" in (secrets.get(owner, "shop") or "")
    assert nameless(section) == []
    assert not_plain(section) == []


def test_a_key_that_is_kept_need_not_be_typed_again(
    section: OrderSourcesSection, desk: Desk, secrets: SecretFile, web: WebServer, qtbot: QtBot
) -> None:
    made = desk.order_sources.add(
        replace(SHOP, address=f"http://127.0.0.1:{web.port}", own_network=True)
    )
    keys = {"consumer_key": "ck_good", "consumer_secret": "cs_good"}
    settings = desk.order_sources.get(made).settings
    keep_source_secret(secrets, desk.order_sources.secret_owner(made), settings, keys)
    qtbot.waitUntil(lambda: bool(section.findChildren(SourceCard)))
    section.findChildren(SourceCard)[0].edit.click()
    dialog = _dialog(section, qtbot)
    dialog.fields.name.setText("Caps")
    dialog.foot.test.click()
    qtbot.waitUntil(lambda: desk.order_sources.get(made).settings.name == "Caps")
    assert "cs_good" in (secrets.get(desk.order_sources.secret_owner(made), "shop") or "")


def test_a_card_says_what_is_wrong_and_what_is_left_out(
    section: OrderSourcesSection, desk: Desk, qtbot: QtBot
) -> None:
    made = desk.order_sources.add(SHOP)
    since = Shortfall(Gap.ONLY_SINCE, since=datetime(2026, 9, 23, 12, tzinfo=UTC))
    gaps = (since, Shortfall(Gap.HIDDEN, ("email",)))
    desk.order_sources.take_page(made, "", OrderPage(shortfalls=gaps, mark="m"), first=True)
    trouble = Problem(
        ProblemKind.SIGN_IN_REFUSED, what="shop", host="hats.example", said="no", clock=-900
    )
    desk.order_sources.note_trouble(made, trouble, datetime.now(UTC) + timedelta(hours=6))
    qtbot.waitUntil(lambda: "did not accept the key" in _said(section))
    said = _said(section)
    assert "15 minutes apart" in said
    assert "may not see: the mail address" in said
    assert "only orders placed since" in said
    assert "Needs you" in said


def test_the_keyboard_stays_where_it_was_while_the_engine_reads(
    section: OrderSourcesSection, desk: Desk, qtbot: QtBot
) -> None:
    made = desk.order_sources.add(SHOP)
    qtbot.waitUntil(lambda: bool(section.findChildren(SourceCard)))
    first = section.findChildren(SourceCard)[0]
    section.window().activateWindow()
    first.edit.setFocus()
    qtbot.waitUntil(first.edit.hasFocus)
    desk.order_sources.take_page(made, "", OrderPage(mark="m"), first=True)
    qtbot.waitUntil(lambda: "Last read" in _said(section))
    [card] = [one for one in section.findChildren(SourceCard) if one.isVisibleTo(section)]
    qtbot.waitUntil(card.edit.hasFocus)


def test_a_source_is_switched_off_and_removed_with_its_key(
    section: OrderSourcesSection, desk: Desk, secrets: SecretFile, qtbot: QtBot
) -> None:
    made = desk.order_sources.add(SHOP)
    secrets.set(desk.order_sources.secret_owner(made), "shop", "{}")
    qtbot.waitUntil(lambda: bool(section.findChildren(SourceCard)))
    section.findChildren(SourceCard)[0].switch.click()
    qtbot.waitUntil(lambda: desk.order_sources.get(made).word == "off")
    section.remove(desk.order_sources.get(made), keep_orders=True)
    qtbot.waitUntil(lambda: "No shop is connected yet" in _said(section))
    assert secrets.get(desk.order_sources.secret_owner(made), "shop") is None


def test_each_kind_asks_for_what_it_needs(section: OrderSourcesSection, qtbot: QtBot) -> None:
    section.add_one()
    dialog = _dialog(section, qtbot)
    for kind in SourceKind:
        if kind is SourceKind.FILE:
            continue
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        dialog.fields.name.setText("A")
        assert nameless(dialog) == []
        assert dialog.told() == ""
        dialog.foot.test.click()
        qtbot.waitUntil(lambda: bool(dialog.told()) and dialog.foot.test.isEnabled())
    assert section.work._desk.order_sources.list() == ()


def test_columns_and_authority_are_stated_and_a_wrong_word_is_named(
    section: OrderSourcesSection, qtbot: QtBot
) -> None:
    section.add.click()
    dialog = _dialog(section, qtbot)
    dialog.kind.setCurrentIndex(dialog.kind.findData(SourceKind.SQL))
    fields = dialog.fields
    fields.name.setText("Warehouse")
    fields.query.setPlainText("SELECT 1")
    fields.columns.edit.setPlainText("Number = order_no\n\nemail=mail = work")
    fields.line_columns.edit.setPlainText("sku = article")
    fields.authority.setText("/etc/shop.pem")
    told = fields.settings()
    assert told.mapping == {"number": "order_no", "email": "mail = work"}
    assert (told.line_mapping, told.authority) == ({"sku": "article"}, "/etc/shop.pem")
    fields.columns.edit.setPlainText("number = order_no\nnonsense")
    dialog.foot.test.click()
    assert "nonsense" in dialog.told()


def test_a_database_elsewhere_is_read_from_its_beginning(
    section: OrderSourcesSection, desk: Desk, secrets: SecretFile, qtbot: QtBot
) -> None:
    base = SourceSettings(SourceKind.SQL, "Base", "", SignIn.URL, query="SELECT 1 AS number")
    made = desk.order_sources.add(base)
    owner = desk.order_sources.secret_owner(made)
    old = {"url": "postgresql://reader:old@one.example/shop"}
    keep_source_secret(secrets, owner, base, old)
    for place, mark in (("one", "far on"), ("two", "")):
        before = desk.order_sources.get(made).mark
        desk.order_sources.take_page(made, before, OrderPage(mark="far on"), first=True)
        section.read_again()
        state = desk.order_sources.get(made)
        dialog = SourceDialog(section.work, section.shell.outside, state, section)
        _type_key(dialog, f"postgresql://reader:new@{place}.example/shop")
        dialog.foot.untested.click()
        qtbot.waitUntil(lambda shown=dialog: shown.result() == SourceDialog.DialogCode.Accepted)
        assert desk.order_sources.get(made).mark == mark


def test_a_pattern_is_tried_on_a_text(qtbot: QtBot) -> None:
    field = PatternField("")
    qtbot.addWidget(field)
    field.trial.setText("Where is HAT-0042 please?")
    assert "No order number" in field.found.text()
    field.line.setText(r"HAT-\d{4}")
    assert field.found.text() == "Found: HAT-0042"
    field.line.setText("(a+)+")
    assert "cannot be used" in field.found.text()
