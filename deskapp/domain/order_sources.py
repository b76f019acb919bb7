"""Order sources as a person states them, and how each stands. Secrets are never part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from .ids import OrderId, OrderSourceId
from .number_patterns import checked_pattern
from .order_files import DateOrder, OrderField
from .orders import OrderKey, Shortfall
from .plain import one_line, plain_text
from .problem import Problem, ProblemKind
from .shop_address import shop_address, shopify_address

MOST_OFTEN, USUAL, LEAST_OFTEN = 1, 10, 24 * 60
"""Minutes between two readings."""


class SourceKind(StrEnum):
    """Where orders come from. FILE is a file that people import when they like."""

    FILE = "file"
    FOLDER = "folder"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"
    MAGENTO = "magento"
    SQL = "sql"


class SignIn(StrEnum):
    """How a source lets us in."""

    NONE = "none"
    TOKEN = "token"  # Shopify: an access token of the shop's own app, "shpat_…"
    CLIENT = "client"  # Shopify: client id and secret of a Dev Dashboard app
    KEYS = "keys"  # WooCommerce: consumer key and secret
    OAUTH = "oauth"  # Magento: four credentials of an integration
    BEARER = "bearer"  # Magento: the integration's access token alone
    URL = "url"  # a database's address with its password


SIGN_INS: Mapping[SourceKind, tuple[SignIn, ...]] = {
    SourceKind.FILE: (SignIn.NONE,),
    SourceKind.FOLDER: (SignIn.NONE,),
    SourceKind.SHOPIFY: (SignIn.CLIENT, SignIn.TOKEN),
    SourceKind.WOOCOMMERCE: (SignIn.KEYS,),
    SourceKind.MAGENTO: (SignIn.OAUTH, SignIn.BEARER),
    SourceKind.SQL: (SignIn.URL,),
}
"""The ways into each kind, the usual one first."""

SECRETS: Mapping[SignIn, tuple[str, ...]] = {
    SignIn.NONE: (),
    SignIn.TOKEN: ("token",),
    SignIn.CLIENT: ("client_id", "client_secret"),
    SignIn.KEYS: ("consumer_key", "consumer_secret"),
    SignIn.OAUTH: ("consumer_key", "consumer_secret", "token", "token_secret"),
    SignIn.BEARER: ("token",),
    SignIn.URL: ("url",),
}
"""What each way in needs, in the order in which people are asked for it."""

_PATTERNS = {SourceKind.SHOPIFY: r"#\d{4,10}", SourceKind.MAGENTO: r"0\d{8}"}

Secret = Mapping[str, str]
"""The words of ``SECRETS`` with their values; it lives in the keyring and in memory only."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """``address`` is the shop's or the folder's path; ``own_network`` allows a private one.

    ``zone`` (an IANA name) is for dates without one; ``every`` is in minutes; ``number_pattern``
    as in ``number_patterns``. ``query`` and the rest of its line are for SQL alone, as
    ``shops.sql`` states them; ``profile``, ``mapping`` and the rest of theirs for files too.
    """

    kind: SourceKind
    name: str
    address: str = ""
    sign_in: SignIn = SignIn.NONE
    own_network: bool = False
    number_pattern: str = ""
    every: int = USUAL
    keys_in_query: bool = False
    query: str = ""
    line_query: str = ""
    line_mapping: Mapping[str, str] = field(default_factory=dict)
    plain_allowed: bool = False
    authority: str = ""
    profile: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    currency: str = ""
    date_order: str = ""
    decimal_mark: str = ""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source with how it stands. ``settings`` are those of a file that is imported by hand
    where nothing is asked by itself.

    ``read_at`` is when it was last read to its end, ``tried_at`` when it was last asked;
    ``next_at`` when it is asked again. ``orders`` is None where they were not counted.
    """

    id: OrderSourceId
    settings: SourceSettings
    active: bool
    orders: int | None
    read_at: datetime | None
    tried_at: datetime | None
    next_at: datetime | None
    mark: str
    shortfalls: tuple[Shortfall, ...]
    trouble: Problem | None
    version: int

    @property
    def asked(self) -> bool:
        """Whether the engine asks it by itself."""
        return self.active and self.settings.kind is not SourceKind.FILE

    @property
    def word(self) -> str:
        """ "off", "file", "new", "ok" or the ProblemKind of its trouble; stays in the JSON."""
        if not self.active:
            return "off"
        if self.settings.kind is SourceKind.FILE:
            return "file"
        if self.trouble is not None:
            return self.trouble.kind.value
        return "ok" if self.read_at is not None else "new"


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question to the shops; ``by`` None for words that may be anything."""

    by: OrderKey | None
    words: str


ShopQuestion = LookUp | OrderId
"""What a window wants to know of the shops: who has such orders, or all of one order."""


def usual_pattern(kind: SourceKind) -> str:
    """The number pattern that fits most shops of a kind; "" where the words around must tell."""
    return _PATTERNS.get(kind, "")


def checked(settings: SourceSettings) -> SourceSettings:
    """The settings as they are kept.

    Raises Problem EMPTY (what="order_source", "order_folder" or "order_query"), INVALID
    (what="shop_address", "sign_in", "number_pattern", "every", "column", "date_order",
    "decimal_mark") and PLAIN_NOT_LOOPBACK.
    """
    name = one_line(settings.name, 120)
    if not name:
        raise Problem(ProblemKind.EMPTY, what="order_source")
    if settings.sign_in not in SIGN_INS[settings.kind]:
        raise Problem(ProblemKind.INVALID, what="sign_in", value=settings.sign_in.value)
    if not MOST_OFTEN <= settings.every <= LEAST_OFTEN:
        raise Problem(ProblemKind.INVALID, what="every", value=settings.every)
    _check_files(settings)
    return replace(
        settings,
        name=name,
        address=_address(settings),
        number_pattern=checked_pattern(settings.number_pattern),
        query=plain_text(settings.query).strip(),
        line_query=plain_text(settings.line_query).strip(),
        currency=one_line(settings.currency, 3).upper(),
    )


def _address(settings: SourceSettings) -> str:
    text = one_line(settings.address, 1000)
    match settings.kind:
        case SourceKind.SHOPIFY:
            address = shopify_address(text, own_network=settings.own_network)
            return address.origin + address.path
        case SourceKind.WOOCOMMERCE | SourceKind.MAGENTO:
            address = shop_address(text, own_network=settings.own_network)
            return address.origin + address.path
        case SourceKind.FOLDER if not text:
            raise Problem(ProblemKind.EMPTY, what="order_folder")
        case SourceKind.SQL:
            if not settings.query.strip():
                raise Problem(ProblemKind.EMPTY, what="order_query")
            return ""  # it holds a password, and is in the keyring
    return text


def _check_files(settings: SourceSettings) -> None:
    for name in (*settings.mapping, *settings.line_mapping):
        if name not in list(OrderField):
            raise Problem(ProblemKind.INVALID, what="column", value=name)
    if settings.date_order and settings.date_order not in list(DateOrder):
        raise Problem(ProblemKind.INVALID, what="date_order", value=settings.date_order)
    if settings.decimal_mark not in ("", ".", ","):
        raise Problem(ProblemKind.INVALID, what="decimal_mark", value=settings.decimal_mark)


def key_place(settings: SourceSettings) -> str:
    """To whom a key of this source may be sent: its shop's origin, "" where the key says it.

    A key is kept with it, so that another address in a shared desk does not get the key of it.
    """
    if settings.kind not in (SourceKind.SHOPIFY, SourceKind.WOOCOMMERCE, SourceKind.MAGENTO):
        return ""
    reader = shopify_address if settings.kind is SourceKind.SHOPIFY else shop_address
    return reader(settings.address, own_network=settings.own_network).origin


def checked_secret(sign_in: SignIn, secret: Secret) -> Secret:
    """Just the words that this way in needs. Raises Problem(EMPTY, what="secret", name=…)."""
    kept = {name: secret.get(name, "").strip() for name in SECRETS[sign_in]}
    for name, value in kept.items():
        if not value:
            raise Problem(ProblemKind.EMPTY, what="secret", name=name)
    return kept
