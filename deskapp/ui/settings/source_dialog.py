"""Connects a shop, a database or a folder, or changes the connection; tested for real first."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.last_edits import About
from deskapp.domain.order_sources import (
    SIGN_INS,
    Secret,
    SourceKind,
    SourceSettings,
    SourceState,
    checked,
    checked_secret,
    usual_pattern,
)
from deskapp.domain.orders import SourceFacts
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretStore, keep_source_secret, kept_source_secret
from deskapp.ui.announce import announce
from deskapp.ui.outside import Outside
from deskapp.ui.pieces import form
from deskapp.ui.pieces.conflict import ConflictCard
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.work import SHOPS, Work

from .source_fields import SourceFields
from .source_standing import standing
from .source_words import kind_words, no_keyring_for_keys, test_words, trouble_words
from .tested_foot import SIDE, FootWithTest, above_foot

_KINDS = (
    SourceKind.SHOPIFY,
    SourceKind.WOOCOMMERCE,
    SourceKind.MAGENTO,
    SourceKind.FOLDER,
    SourceKind.SQL,
)


class SourceDialog(QDialog):
    """Saves the settings in the desk and the key in the keyring. ``saved``: the name."""

    saved = Signal(str)

    def __init__(
        self,
        work: Work,
        outside: Outside,
        state: SourceState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._outside = work, outside
        self.meanwhile = Meanwhile(work, state, self)
        self.setWindowTitle(
            self.tr("Edit the connection") if state else self.tr("Connect a shop or a folder")
        )
        self.setMinimumSize(560, 420)
        self.resize(720, 680)
        self.kind = form.choice([(kind_words(one), one) for one in _KINDS])
        self.fields = self._fields()
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        if state is None:
            kinds = form.Form()
            kinds.add(self.tr("Kind"), self.kind)
            self._column.addWidget(kinds)
        self._column.addWidget(self.fields)
        self._column.addStretch(1)
        self._sentences: list[str] = []
        self._told = QVBoxLayout()
        self._told.setContentsMargins(24, 8, 24, 12)
        self._told.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if not outside.secrets.lasting:
            said = label(no_keyring_for_keys(), tone="muted", wrap=True)
            said.setContentsMargins(24, 16, 24, 0)
            column.addWidget(said)
        column.addWidget(Scrolled(body, margins=(24, 20, 24, 20)), 1)
        column.addLayout(self._told)
        known = state is not None
        self.foot = FootWithTest(
            self.tr("Save all the same") if known else self.tr("Add all the same"),
            known=known,
            cancel=self.reject,
            save=self.save,
            test=self._test,
        )
        column.addLayout(above_foot(self.meanwhile.card))
        column.addWidget(self.foot)
        self.kind.currentIndexChanged.connect(self._kind_chosen)

    def newest(self, desk: Desk, row: SourceState) -> Newest[SourceState]:
        now = desk.order_sources.get(row.id)
        return Newest(now, desk.last_edits.of(About.ORDER_SOURCE, row.id))

    def standing(self, row: SourceState) -> Mapping[QWidget, object]:
        return standing(self.fields, row.settings)

    def deciding(self, card: ConflictCard, on: bool) -> None:
        self._say([])
        self.foot.show_testing(False)
        self.foot.decide(on)
        card.fit(self.width() - 2 * SIDE)
        form.make_room(self)

    def told(self) -> str:
        """The sentences between the fields and the buttons."""
        return " ".join(self._sentences)

    def _fields(self) -> SourceFields:
        if self.meanwhile.row is not None:
            return SourceFields(self.meanwhile.row.settings, True, self._outside.profiles())
        kind = SourceKind(self.kind.currentData())
        begun = SourceSettings(
            kind, "", sign_in=SIGN_INS[kind][0], number_pattern=usual_pattern(kind)
        )
        return SourceFields(begun, False, self._outside.profiles())

    def _kind_chosen(self) -> None:
        name = self.fields.name.text()
        fresh = self._fields()
        fresh.name.setText(name)
        self._column.replaceWidget(self.fields, fresh)
        self.fields.hide()
        self.fields.deleteLater()
        self.fields = fresh
        self._say([])
        self.foot.untested.hide()

    def _test(self) -> None:
        try:
            settings = checked(self.fields.settings())
        except Problem as problem:
            self.refused(problem)
            return
        self._say([(self.tr("The shop is asked; that takes ten seconds at most."), "muted")])
        self.foot.show_testing(True)
        typed, state = self.fields.secret(), self.meanwhile.row
        secrets, test = self._outside.secrets, self._outside.test_source
        self._work.ask(
            lambda desk: test(settings, _whole(desk, secrets, state, settings, typed)),
            self._answered,
            self.refused,
            owner=self,
            lane=SHOPS,
            topic="test",
        )

    def _answered(self, facts: SourceFacts) -> None:
        self.foot.show_testing(False)
        told = test_words(facts)
        self._say(told)
        if facts.missing:
            self.foot.untested.show()  # a person decides whether what the key may see is enough
        else:
            self.save()

    def refused(self, problem: Problem) -> None:
        self.foot.show_testing(False)
        self._say([(trouble_words(problem), "bad")])
        self.foot.untested.setVisible(
            self.meanwhile.row is not None
            or problem.kind not in (ProblemKind.INVALID, ProblemKind.EMPTY, ProblemKind.DUPLICATE)
        )

    def _say(self, sentences: list[tuple[str, str]]) -> None:
        clear(self._told)
        self._sentences = [said for said, _ in sentences]
        for said, tone in sentences:
            self._told.addWidget(label(said, tone=tone, wrap=True, selectable=True))
        announce(self, self.told())

    def save(self) -> None:
        if self.meanwhile.row is not None:
            self.fields.know(self.meanwhile.row.settings)
        settings, typed, state = self.fields.settings(), self.fields.secret(), self.meanwhile.row
        secrets = self._outside.secrets
        self._work.do(
            lambda desk: _save(desk, secrets, state, settings, typed),
            self._saved,
            self.meanwhile.refused,
            owner=self,
        )

    def _saved(self, name: str) -> None:
        self.saved.emit(name)
        self.accept()


def _whole(
    desk: Desk,
    secrets: SecretStore,
    state: SourceState | None,
    settings: SourceSettings,
    typed: Secret,
) -> Secret:
    """In a lane: what was typed of the key, and what is kept of it. Raises EMPTY, NO_SECRET."""
    if state is None or state.settings.sign_in is not settings.sign_in:
        return checked_secret(settings.sign_in, typed)
    owner = desk.order_sources.secret_owner(state.id)
    try:
        kept = kept_source_secret(secrets, owner, settings)  # none for another address
    except Problem:
        if not typed:
            raise
        kept = {}
    return checked_secret(settings.sign_in, {**kept, **typed})


def _save(
    desk: Desk,
    secrets: SecretStore,
    state: SourceState | None,
    settings: SourceSettings,
    typed: Secret,
) -> str:
    """In a lane. The desk goes first: a source that is refused must not change a key."""
    if state is None:
        secret = checked_secret(settings.sign_in, typed)
        made = desk.order_sources.add(settings)
        try:
            _keep(desk, secrets, made, settings, secret)
        except Problem:
            desk.order_sources.remove(made)
            raise
    else:
        desk.order_sources.change(state.id, settings, state.version)
        if typed:
            whole = _whole(desk, secrets, state, settings, typed)
            _keep(desk, secrets, state.id, settings, whole)
    return settings.name


def _keep(
    desk: Desk,
    secrets: SecretStore,
    source: OrderSourceId,
    settings: SourceSettings,
    secret: Secret,
) -> None:
    if secret:
        owner = desk.order_sources.secret_owner(source)
        if keep_source_secret(secrets, owner, settings, secret):
            desk.order_sources.read_anew(source)
        else:
            desk.order_sources.try_now(source)
