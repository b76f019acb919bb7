"""Changing orders under every fault: nothing is done twice, and nothing is done unseen."""

from collections.abc import Callable

import pytest

from deskapp.domain.order_acts import ActKind
from tests.servers.authority import Authority

pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")

from tests.shops.act_trials import Counts, stage, try_change, try_outcome, try_question
from tests.shops.acting import SHOPS

CASES = [(name, kind) for name, shop in SHOPS.items() for kind in shop.acts]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_an_act_under_every_fault_is_done_once_at_most_and_always_seen(
    name: str, kind: ActKind, authority: Authority, tell: Callable[[str], None]
) -> None:
    shop, counts = SHOPS[name], Counts()
    with stage(authority) as on:
        for fault in shop.faults(on.over):
            try_change(on, shop, kind, fault, counts)
            for passed in (0, 1):
                try_question(on, shop, kind, fault, counts, passed)
                try_outcome(on, shop, kind, fault, counts, passed)
    ends = ", ".join(f"{count} {end}" for end, count in sorted(counts.ends.items()))
    tell(f"{counts.trials} trials: {counts.twice} twice, {counts.unseen} unseen; {ends}")
    assert (counts.twice, counts.unseen, counts.lies) == (0, 0, [])
