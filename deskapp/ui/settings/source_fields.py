"""What a person states of one kind of order source: its place, its key, how it is read."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.order_sources import (
    LEAST_OFTEN,
    MOST_OFTEN,
    SECRETS,
    SIGN_INS,
    Secret,
    SignIn,
    SourceKind,
    SourceSettings,
)
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label

from .source_columns import ColumnsField
from .source_pattern import PatternField
from .source_words import part_words

_SHOPS = (SourceKind.SHOPIFY, SourceKind.WOOCOMMERCE, SourceKind.MAGENTO)
_PUBLIC_PARTS = ("client_id", "consumer_key")
_QUERY_LINES = 5


class SourceFields(QWidget):
    """The form of ``known.kind``. Parts of the key that are left empty are those that are kept,
    where ``keeps`` says that there are any."""

    def __init__(self, known: SourceSettings, keeps: bool, profiles: Sequence[str] = ()) -> None:
        super().__init__()
        self._known, self._keeps = known, keeps
        self._secrets: dict[SignIn, dict[str, QLineEdit]] = {}
        self._form = form.Form()
        self.name = form.line(known.name, placeholder=self.tr("as your team will see it"))
        self._form.add(self.tr("Name"), self.name)
        self.address = form.line(known.address)
        self.sign_in = form.choice(self._ways(), known.sign_in)
        self.query = form.paragraph(known.query, lines=_QUERY_LINES)
        self.line_query = form.paragraph(known.line_query, lines=2)
        self.columns = ColumnsField(known.mapping)
        self.line_columns = ColumnsField(known.line_mapping)
        self.authority = form.line(known.authority)
        self.profile = form.choice(
            [
                (self.tr("Told by its columns"), ""),
                *((one, one) for one in dict.fromkeys((*profiles, known.profile)) if one),
            ],
            known.profile,
        )
        self.zone = form.line(known.zone, placeholder="Asia/Ho_Chi_Minh")
        self.currency = form.line(known.currency, placeholder="VND")
        self.in_query = QCheckBox(self.tr("The shop's host takes the key out of the header"))
        self.plain = QCheckBox(self.tr("Allow a line without protection (TLS)"))
        self.own_network = QCheckBox(self.tr("The shop runs on our own network"))
        self.every = form.NumberField(
            known.every, MOST_OFTEN, LEAST_OFTEN, self.tr("Minutes between two readings")
        )
        self.pattern = PatternField(known.number_pattern)
        self._lay_out()

    def settings(self) -> SourceSettings:
        """What stands in the fields, not checked yet."""
        sql = self._known.kind is SourceKind.SQL
        return replace(
            self._known,
            name=self.name.text(),
            address="" if sql else self.address.text(),
            sign_in=self._chosen(),
            own_network=self.own_network.isChecked(),
            number_pattern=self.pattern.line.text(),
            every=self.every.value(),
            keys_in_query=self.in_query.isChecked(),
            query=self.query.toPlainText() if sql else "",
            line_query=self.line_query.toPlainText() if sql else "",
            line_mapping=self.line_columns.mapping(),
            plain_allowed=self.plain.isChecked(),
            authority=self.authority.text().strip(),
            profile=self.profile.currentData(),
            mapping=self.columns.mapping(),
            zone=self.zone.text().strip(),
            currency=self.currency.text().strip(),
        )

    def know(self, known: SourceSettings) -> None:
        """What stands in no field is as it is there now."""
        self._known = known

    def secret(self) -> Secret:
        """What was typed of the key; what is kept stands in no field."""
        parts = self._secrets.get(self._chosen(), {})
        return {name: part.text().strip() for name, part in parts.items() if part.text().strip()}

    def _chosen(self) -> SignIn:
        return SignIn(self.sign_in.currentData())

    def _lay_out(self) -> None:
        kind = self._known.kind
        if kind in _SHOPS:
            self._add_shop()
        elif kind is SourceKind.FOLDER:
            self._add_folder()
        elif kind is SourceKind.SQL:
            self._add_database()
        self._form.add(
            self.tr("Read every"), self.every, self.tr("minutes; an opened ticket asks at once")
        )
        self._form.add(
            self.tr("Order numbers"),
            self.pattern,
            self.tr(
                r"How they look in a mail, as \d for a digit: #\d{4,10}. Empty: the words around "
                "a number tell."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    def _add_shop(self) -> None:
        kind = self._known.kind
        shopify = kind is SourceKind.SHOPIFY
        self.address.setPlaceholderText(
            "my-shop.myshopify.com" if shopify else "https://shop.example"
        )
        self._form.add(self.tr("Shop's address"), self.address)
        if len(SIGN_INS[kind]) > 1:
            self._form.add(self.tr("Sign in with"), self.sign_in)
        self._add_secrets(self._help())
        if kind is SourceKind.WOOCOMMERCE:
            self.in_query.setChecked(self._known.keys_in_query)
            self._form.add_wide(self.in_query)
        self._add_own_network()

    def _add_folder(self) -> None:
        choose = push_button(self.tr("Choose…"), self._choose_folder)
        choose.setAccessibleName(self.tr("Choose the folder"))
        self.address.setAccessibleName(self.tr("Folder"))
        self._form.add(
            self.tr("Folder"),
            _beside(self.address, choose),
            self.tr(
                "Each new or changed CSV, TSV or xlsx file is read once it is complete. Nothing in "
                "the folder is moved or deleted."
            ),
        )
        self._form.add(self.tr("Files of"), self.profile)
        self._add_columns()
        self._add_dates()

    def _add_database(self) -> None:
        self._add_secrets(
            self.tr("postgresql://name:password@host/database, or mysql://…; kept in the keyring.")
        )
        self._form.add(
            self.tr("Orders"),
            self.query,
            self.tr(
                "One SELECT that only reads. It may hold :number :mail :phone :name "
                ":changed_after and :limit."
            ),
        )
        self._form.add(
            self.tr("Items"),
            self.line_query,
            self.tr("Empty, or one SELECT … WHERE number IN (:numbers)."),
        )
        self._add_columns()
        self._form.add(self.tr("Columns of items"), self.line_columns.edit)
        self._add_dates()
        choose = push_button(self.tr("Choose…"), self._choose_authority)
        choose.setAccessibleName(self.tr("Choose the authority's file"))
        self.authority.setAccessibleName(self.tr("Authority"))
        self._form.add(
            self.tr("Authority"),
            _beside(self.authority, choose),
            self.tr("A PEM file on each computer that reads; empty: those that the system trusts."),
        )
        self.plain.setChecked(self._known.plain_allowed)
        self._form.add_wide(self.plain)
        self._add_own_network()

    def _add_columns(self) -> None:
        self._form.add(
            self.tr("Columns"),
            self.columns.edit,
            self.tr(
                "Empty where their names tell. Else a line for each: number, placed_at, "
                "changed_at, status, email, name, phone, total, currency, item, sku, quantity, "
                "price, tracking."
            ),
        )

    def _add_dates(self) -> None:
        self._form.add(self.tr("Time zone"), self.zone, self.tr("of dates that name none"))
        self._form.add(self.tr("Currency"), self.currency, self.tr("of amounts that name none"))

    def _add_own_network(self) -> None:
        self.own_network.setChecked(self._known.own_network)
        warning = label(
            self.tr(
                "Only for a shop that you run yourselves: deskapp then also asks addresses of this "
                "network, and whoever can change the shop's address could point it at other "
                "devices here."
            ),
            size="small",
            tone="warn",
            wrap=True,
        )
        self.own_network.toggled.connect(warning.setVisible)
        self._form.add_wide(self.own_network)
        self._form.add_wide(warning)
        warning.setVisible(
            self._known.own_network
        )  # not before it has a place: it would be a window

    def _add_secrets(self, hint: str) -> None:
        ways = SIGN_INS[self._known.kind]
        for way in ways:
            self._secrets[way] = {}
            for name in SECRETS[way]:
                part = form.line(secret=name not in _PUBLIC_PARTS)
                if self._keeps and way is self._known.sign_in:
                    part.setPlaceholderText(self.tr("kept; empty leaves it"))
                self._secrets[way][name] = part
                self._form.add(part_words(name), part)
        self._form.add_wide(label(hint, size="small", tone="muted", wrap=True))
        self.sign_in.currentIndexChanged.connect(self._show_secrets)
        self._show_secrets()

    def _show_secrets(self) -> None:
        for way, parts in self._secrets.items():
            for part in parts.values():
                self._form.show_row(part, way is self._chosen())

    def _choose_folder(self) -> None:
        begin = self.address.text() or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DownloadLocation
        )
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of order files"), begin)
        if chosen:
            self.address.setText(chosen)

    def _choose_authority(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Certificate of an authority"), self.authority.text()
        )
        if chosen:
            self.authority.setText(chosen)

    def _ways(self) -> list[tuple[str, object]]:
        words = {
            SignIn.CLIENT: self.tr("Client id and secret (Dev Dashboard)"),
            SignIn.TOKEN: self.tr("Access token (shpat_…, made before 2026)"),
            SignIn.OAUTH: self.tr("The four credentials of an integration"),
            SignIn.BEARER: self.tr("Access token alone (must be allowed in the shop)"),
        }
        return [(words.get(way, ""), way) for way in SIGN_INS[self._known.kind]]

    def _help(self) -> str:
        return {
            SourceKind.SHOPIFY: self.tr(
                "The app needs read_orders, read_customers, read_fulfillments and read_returns; "
                "read_all_orders for orders older than 60 days."
            ),
            SourceKind.WOOCOMMERCE: self.tr(
                "In WordPress: WooCommerce, Settings, Advanced, REST API, Add key. Choose the "
                "permission “Read”: deskapp needs no more to show orders."
            ),
            SourceKind.MAGENTO: self.tr(
                "In the admin: System, Extensions, Integrations. It needs Sales, with orders, "
                "shipments and credit memos."
            ),
        }[self._known.kind]


def _beside(field: QLineEdit, button: QPushButton) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addWidget(button)
    return holder
