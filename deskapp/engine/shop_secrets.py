"""The secrets of order sources that this engine may use: told over its pipe, else the keyring's."""

import threading

from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SECRETS, Secret, SourceSettings, key_place
from deskapp.secrets import SecretStore, kept_source_secret


class ShopSecrets:
    """Asked by all threads. What is told lasts until the engine ends and is written nowhere."""

    def __init__(self, desk: Desk, store: SecretStore) -> None:
        self._desk, self._store = desk, store
        self._told: dict[int, tuple[str, Secret]] = {}
        self._turn = threading.Lock()

    def tell(self, source: int, place: str, secret: Secret) -> None:
        """From the window, where no keyring keeps them; for ``place`` (``key_place``) alone."""
        with self._turn:
            self._told[source] = place, dict(secret)

    def of(self, source: OrderSourceId, settings: SourceSettings) -> Secret:
        """Raises Problem(NO_SECRET, what="order_source")."""
        if not SECRETS[settings.sign_in]:
            return {}
        with self._turn:
            place, told = self._told.get(source, ("", {}))
        if set(told) == set(SECRETS[settings.sign_in]) and place == key_place(settings):
            return told
        return kept_source_secret(
            self._store, self._desk.order_sources.secret_owner(source), settings
        )
