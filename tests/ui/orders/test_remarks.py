"""What stands between the card and the whole truth, said once and of the shops that matter."""

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings, SourceState
from deskapp.domain.orders import Gap, Shortfall
from deskapp.ui.orders.source_words import source_remarks


def _state(number: int, name: str, *gaps: Shortfall) -> SourceState:
    settings = SourceSettings(SourceKind.SHOPIFY, name, f"{name}.myshopify.com", SignIn.TOKEN)
    return SourceState(
        OrderSourceId(number), settings, True, 1, None, None, None, "", tuple(gaps), None, 1
    )


def test_only_shops_that_told_of_these_orders_are_remarked_upon(qtbot: QtBot) -> None:
    hidden = Shortfall(Gap.HIDDEN, ("shippingAddress.name", "shippingAddress.city", "odd.field"))
    shops = (_state(1, "hats", hidden), _state(2, "shoes", Shortfall(Gap.ONLY_SINCE)))
    hats = "hats hides some details from this key: the delivery address, odd.field."
    shoes = "shoes shows only the orders of the last 60 days to this key."
    assert source_remarks(shops, {"hats"}) == [hats]
    assert source_remarks(shops) == [hats, shoes]
