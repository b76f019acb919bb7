"""Asks the shops themselves for an order, from the command line."""

from typing import TYPE_CHECKING

from deskapp.domain.order_keys import likely_keys
from deskapp.domain.order_sources import SourceKind
from deskapp.domain.orders import Gap
from deskapp.domain.problem import Problem
from deskapp.secrets import kept_source_secret, open_secrets
from deskapp.shop_wiring import connected

from .errors import sentence
from .output import tell
from .source_facts import gap_words

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.order_sources import SourceState
    from deskapp.secrets import SecretStore

_MOST = 10
_SAID = (Gap.HIDDEN, Gap.ONLY_SINCE, Gap.MORE)


def asked_shops(desk: "Desk", words: str) -> int:
    """Stores what each shop finds for these words. How many shops could not be asked."""
    troubles, store = 0, open_secrets()
    for state in desk.order_sources.standings():
        if not state.asked or state.settings.kind is SourceKind.FOLDER:
            continue
        try:
            _ask(desk, store, state, words)
        except Problem as problem:
            troubles += 1
            tell(f"{state.settings.name}: {sentence(problem)}")
    return troubles


def _ask(desk: "Desk", store: "SecretStore", state: "SourceState", words: str) -> None:
    owner = desk.order_sources.secret_owner(state.id)
    shop = connected(state.settings, kept_source_secret(store, owner, state.settings))
    for key in likely_keys(words):
        answer = shop.find(key, words, _MOST)
        desk.order_sources.take_answer(state.id, answer)
        for gap in answer.shortfalls:
            if gap.gap in _SAID:
                tell(f"{state.settings.name}: {gap_words(gap)}")
        if answer.orders:
            return
