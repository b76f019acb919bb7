"""A colleague changes a mailbox or an order source that is open in its dialog."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.ui.pieces import form
from deskapp.ui.settings.mailbox_dialog import MailboxDialog
from deskapp.ui.settings.source_dialog import SourceDialog
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import nameless


def _said(part: QWidget) -> set[str]:
    return {one.text() for one in part.findChildren(QLabel)}


def test_of_a_mailbox_both_values_are_shown_and_what_does_not_collide_joins(
    work: Work, desk: Desk, shell: ShellActions, qtbot: QtBot
) -> None:
    server = Server("mail.shop.example", 993, Security.TLS, "help@shop.example")
    box = desk.mailboxes.add(MailboxSettings("help@shop.example", "Shop", server, server))
    dialog = MailboxDialog(work, shell.outside, desk.mailboxes.get(box))
    qtbot.addWidget(dialog)
    dialog.show()
    before = desk.mailboxes.get(box).settings
    desk.agent = desk.agents.add("Minh Trần")
    imap = replace(server, host="imap.shop.example", port=1993)
    desk.mailboxes.update(
        box, replace(before, name="Cửa hàng Bến Thành", imap=imap, signature="Thân mến")
    )
    dialog.form.name.setText("The shop")
    dialog.form.servers.imap.host.setText("mx.shop.example")
    form.choose(dialog.form.country, "VN")
    dialog.foot.untested.click()
    card = dialog.meanwhile.card
    qtbot.waitUntil(card.isVisible)
    said = _said(card)
    assert {"Cửa hàng Bến Thành", "The shop", "imap.shop.example", "mx.shop.example"} <= said
    assert "Minh Trần, just now" in said
    assert dialog.form.servers.imap.port.value() == 1993  # only they changed it
    assert dialog.foot.test.isHidden() and nameless(dialog) == []
    [theirs] = [
        one
        for one in card.findChildren(QRadioButton)
        if one.accessibleName() == "Receiving: server: theirs"
    ]
    theirs.setChecked(True)
    with qtbot.waitSignal(dialog.saved):
        card.mine.click()
    kept = desk.mailboxes.get(box).settings
    assert (kept.name, kept.imap, kept.country) == ("The shop", imap, "VN")
    assert kept.signature == "Thân mến"


def test_how_far_back_a_colleague_reached_is_not_overwritten_unseen(
    work: Work, desk: Desk, shell: ShellActions, qtbot: QtBot
) -> None:
    server = Server("mail.shop.example", 993, Security.TLS, "help@shop.example")
    box = desk.mailboxes.add(MailboxSettings("help@shop.example", "Shop", server, server))
    row = desk.mailboxes.get(box)
    dialog = MailboxDialog(work, shell.outside, row)
    qtbot.addWidget(dialog)
    dialog.show()
    since = replace(row.settings, since=desk._context.now())
    desk.mailboxes.update(box, since)
    form.choose(dialog.form.since, 90)
    dialog.save()
    qtbot.waitUntil(dialog.meanwhile.card.isVisible)
    dialog.meanwhile.card.theirs.click()
    with qtbot.waitSignal(dialog.saved):
        dialog.foot.untested.click()
    kept = desk.mailboxes.get(box).settings.since
    assert kept is not None and since.since is not None
    assert abs((kept - since.since).total_seconds()) < 1


def test_of_an_order_source_both_values_are_shown(
    work: Work, desk: Desk, shell: ShellActions, qtbot: QtBot
) -> None:
    settings = SourceSettings(SourceKind.WOOCOMMERCE, "Hats", "https://hats.example", SignIn.KEYS)
    source = desk.order_sources.add(settings)
    dialog = SourceDialog(work, shell.outside, desk.order_sources.get(source))
    qtbot.addWidget(dialog)
    dialog.show()
    theirs = replace(settings, name="Mũ nón", every=30, date_order="dmy")
    desk.order_sources.change(source, theirs)
    dialog.fields.name.setText("Hats & caps")
    dialog.fields.own_network.setChecked(True)
    dialog.save()
    card = dialog.meanwhile.card
    qtbot.waitUntil(card.isVisible)
    assert {"Hats", "Mũ nón", "Hats & caps"} <= _said(card) and nameless(dialog) == []
    with qtbot.waitSignal(dialog.saved):
        card.mine.click()
    kept = desk.order_sources.get(source).settings
    assert kept == replace(theirs, name="Hats & caps", own_network=True)
