"""Where orders come from: shops, databases and folders, each with how it stands."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SourceState
from deskapp.secrets import SecretStore, forget_source_secret
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .cards_section import CardsSection
from .source_card import SourceCard
from .source_dialog import SourceDialog
from .source_words import no_keyring_for_keys


class OrderSourcesSection(CardsSection):
    """Read again whenever a source changes while it is shown."""

    areas = frozenset({"order_sources"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Orders"),
            self.tr(
                "The shops, databases and folders that orders are read from. Keys are kept in this "
                "computer's keyring, never in the desk; reading changes nothing in a shop."
            ),
        )
        if not shell.outside.secrets.lasting:
            self.column.addWidget(label(no_keyring_for_keys(), tone="muted", wrap=True))
        self.lay_out_cards(self.tr("Connect a shop or a folder…"))

    def read_again(self) -> None:
        self.work.ask(
            lambda desk: desk.order_sources.list(),
            self._came,
            self.show_failed,
            owner=self,
            topic="sources",
        )

    def add_one(self) -> None:
        """Opens the form for a new one."""
        self._open(None)

    def _came(self, states: tuple[SourceState, ...]) -> None:
        """Made anew while the engine reads: the keyboard stays on the button it was on."""
        held = self._with_keyboard()
        cards = []
        for state in states:
            card = SourceCard(state)
            card.edit_wanted.connect(self._open)
            card.remove_wanted.connect(self._ask_remove)
            card.read_wanted.connect(self._read_now)
            card.switch_wanted.connect(self._switch)
            cards.append(card)
        self.show_cards(
            cards,
            self.tr(
                "No shop is connected yet. Orders can also be imported from files on the Orders "
                "page."
            ),
        )
        for card in cards:
            if held is not None and card.state.id == held[0]:
                card.take_keyboard(held[1])

    def _with_keyboard(self) -> tuple[OrderSourceId, int] | None:
        for card in self.findChildren(SourceCard):
            if (place := card.with_keyboard()) is not None:
                return card.state.id, place
        return None

    def _open(self, state: SourceState | None) -> None:
        dialog = SourceDialog(self.work, self.shell.outside, state, self)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, name: str) -> None:
        if not self.shell.outside.secrets.lasting:
            self.shell.outside.restart_engine()  # which is told the key over its pipe
        self.shell.tell(self.tr("Saved: {name}").replace("{name}", name))
        self.read_again()

    def _read_now(self, state: SourceState) -> None:
        self._change(lambda desk: desk.order_sources.try_now(state.id))
        self.shell.tell(self.tr("{name} is read now.").replace("{name}", state.settings.name))

    def _switch(self, state: SourceState, on: bool) -> None:
        self._change(lambda desk: desk.order_sources.switch(state.id, on=on))

    def _change(self, act: Callable[[Desk], object]) -> None:
        self.work.do(act, self._changed_here, self.shell.trouble, owner=self)

    def _changed_here(self, _result: object) -> None:
        self.read_again()

    def _ask_remove(self, state: SourceState) -> None:
        name = state.settings.name
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove the source"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove {name}?").replace("{name}", name))
        box.setInformativeText(
            self.tr(
                "It is not asked any more, and its key is forgotten on this computer. Its %n "
                "order(s) can stay here to be looked up, or go too; those with a return case stay "
                "in any case.",
                "",
                state.orders or 0,
            )
        )
        keeps = box.addButton(self.tr("Remove, keep orders"), QMessageBox.ButtonRole.AcceptRole)
        both = box.addButton(self.tr("Remove with orders"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() in (keeps, both):
            self.remove(state, keep_orders=box.clickedButton() is keeps)

    def remove(self, state: SourceState, *, keep_orders: bool) -> None:
        """Removes it without a question."""
        secrets = self.shell.outside.secrets
        self.work.do(
            lambda desk: _remove(desk, secrets, state, keep_orders),
            self._removed,
            self.shell.trouble,
            owner=self,
        )

    def _removed(self, name: str) -> None:
        self.shell.tell(self.tr("Removed: {name}").replace("{name}", name))
        self.read_again()


def _remove(desk: Desk, secrets: SecretStore, state: SourceState, keep_orders: bool) -> str:
    owner = desk.order_sources.secret_owner(state.id)
    desk.order_sources.remove(state.id, keep_orders=keep_orders)
    forget_source_secret(secrets, owner)
    return state.settings.name
