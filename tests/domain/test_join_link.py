"""A link to join a desk with: read as people paste it, and never more than it should be."""

import pytest

from deskapp.domain.join_link import BOUND, PLAIN, VERIFIED, JoinLink, join_link
from deskapp.domain.problem import Problem, ProblemKind

LINK = JoinLink("minh.t", "db.shop.example", 5433, "Bàn 1", "id-1", VERIFIED)


def test_it_says_the_same_when_read_back_from_a_mail() -> None:
    pasted = f" <{LINK.text()[:30]}\n{LINK.text()[30:]}> "
    assert join_link(pasted) == LINK
    assert LINK.address().endswith("sslmode=verify-full") and "password" not in LINK.text()


def test_without_a_certificate_the_sign_in_is_bound_to_the_line() -> None:
    one = join_link("deskapp-join:minh@db.example/desk?desk=1")
    assert (one.port, one.tls) == (5432, BOUND)
    assert one.address().endswith("?sslmode=require&channel_binding=require")


def test_an_open_line_is_for_this_computer_alone() -> None:
    here = JoinLink("minh", "127.0.0.1", 5432, "desk", "1", PLAIN)
    assert here.address() == "postgresql://minh@127.0.0.1:5432/desk"
    with pytest.raises(Problem) as refused:
        JoinLink("minh", "db.example", 5432, "desk", "1", PLAIN).address()
    assert refused.value.kind is ProblemKind.PLAIN_NOT_LOOPBACK


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://shop.example",
        "deskapp-join:",
        "deskapp-join:minh@db.example/desk",
        "deskapp-join:db.example/desk?desk=1",
        "deskapp-join:minh:geheim@db.example/desk?desk=1",
        "deskapp-join:minh@db.example:port/desk?desk=1",
        "deskapp-join:minh@db.example/desk?desk=1&tls=maybe",
        "deskapp-join:minh@db.example/desk?desk=1&desk=2",
    ],
)
def test_what_is_no_link_is_refused_without_repeating_a_password(text: str) -> None:
    with pytest.raises(Problem) as refused:
        join_link(text)
    assert refused.value.details["what"] == "join_link"
    assert "geheim" not in str(refused.value)
