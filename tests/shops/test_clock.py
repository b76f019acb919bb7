"""A key that is refused beside a clock that is wrong: the difference is told with the refusal."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from deskapp.domain.problem import ProblemKind
from tests.servers.web import Reply
from tests.shops.opened_line import JSON, Shop, shop

__all__ = ["shop"]


def test_a_refused_key_tells_how_far_the_clocks_are_apart(shop: Shop) -> None:
    ahead = format_datetime(datetime.now(UTC) + timedelta(minutes=15), usegmt=True)
    refused = shop(Reply(401, b'{"errors": "no"}', {**JSON, "Date": ahead})).problem()
    assert refused.kind is ProblemKind.SIGN_IN_REFUSED
    apart = refused.details["clock"]
    assert isinstance(apart, int)
    assert -905 < apart < -895
    same = shop(Reply(401, b'{"errors": "no"}', JSON)).problem()
    assert abs(int(str(same.details["clock"]))) < 5
    odd = shop(Reply(401, b'{"errors": "no"}', {**JSON, "Date": "yesterday"})).problem()
    assert odd.details["clock"] is None
    assert "clock" not in shop(Reply(404, b"{}", JSON)).problem().details
