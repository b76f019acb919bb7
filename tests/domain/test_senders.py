"""A sender cannot hide: the address is shown, and what disguises it is said."""

from itertools import product

from deskapp.domain.mail import Address
from deskapp.domain.senders import SenderRemark, sender_remarks, shown_address, shown_name

KNOWN = ("support@bank.com", "ceo@lotus.example", "service@paypal.com", "info@post.de", "a@b.vn")
THIEVES = (
    "x1999@freemail.example",
    "anna@gmx.example",
    "noreply@evil.example",
    "bank@evil.example",
)
MARKS = "\u202e\u202d\u2066\u2067\u200b\u2060\ufeff\u200f\u061c\u2028\x00\x1b\x7f\u00ad"


def disguised() -> list[Address]:
    """Over 300, each with something a reader must be told."""
    made = [
        Address(shape.format(known), thief)
        for known, thief in product(KNOWN, THIEVES)
        for shape in (
            "{}",
            "<{}>",
            "Bank {}",
            "Bank <{}>",
            "'{}'",
            '"{}"',
            "{} via Mail",
            "({})",
            "[{}]",
            "Bank, {}",
            "{}\u200b",
            "{}\u00a0",
            "mailto:{}",
            "{}.",
        )
    ]
    made += [Address(f"Ba{mark}nk", "a@bank.com") for mark in MARKS]
    made += [Address("Bank", f"a{mark}b@bank.com") for mark in MARKS]
    made += [
        Address(name, "a@freemail.example")
        for name in ("Pаypal", "Gооgle", "Micrоsoft", "Αmazon", "Vietсombank", "Ηarriet", "Сlaire")
    ]
    made += [
        Address("Service", f"{local}@{host}")
        for local in ("info", "service", "no-reply")
        for host in ("аpple.com", "xn--80ak6aa92e.com", "pаypal.com", "gοοgle.com", "ехаmple.com")
    ]
    made += [Address("Bank", f"supp\u043ert@{host}") for host in ("bank.com", "post.de", "b.vn")]
    made += [Address(known + "\u2800" * 20, THIEVES[0]) for known in KNOWN]
    made += [Address(known + " " * 200, THIEVES[1]) for known in KNOWN]
    made += [Address(known.replace("@", "＠"), THIEVES[0]) for known in KNOWN]
    made += [Address(known.replace(".", "．"), THIEVES[0]) for known in KNOWN]
    made += [Address("\u202e" + known[::-1], THIEVES[0]) for known in KNOWN]
    return made


HONEST = [
    Address("Nguyễn Thị Minh Châu", "minhchau@mail.example"),
    Address("陳怡君", "yichun@mail.example"),
    Address("Wang 王小明", "wang@mail.example"),
    Address("Иван Петрович Соколов", "sokolov@почта.рф"),
    Address("Иван (Ivan) Соколов", "ivan@mail.example"),
    Address("Jörg Müller", "joerg@münchen.de"),
    Address("山田 Taro", "taro@mail.example"),
    Address("support@bank.com", "Support@Bank.com"),
    Address("", "a@b.example"),
    Address("O'Neill, Anne-Marie", "anne@mail.example"),
    Address("علی\u200cرضا", "ali@mail.example"),  # a joiner that Persian needs
]


def test_every_disguise_is_told() -> None:
    senders = disguised()
    assert len(senders) >= 300
    assert [one for one in senders if not sender_remarks(one)] == []


def test_the_address_shows_no_letters_that_imitate_others() -> None:
    for sender in disguised():
        shown = shown_address(sender.address)
        assert all(mark not in shown + shown_name(sender.name) for mark in MARKS), sender
        host = sender.address.rpartition("@")[2]
        if not host.isascii():
            assert "xn--" in shown, sender


def test_honest_names_of_all_our_customers_languages_raise_no_alarm() -> None:
    assert [one for one in HONEST if sender_remarks(one)] == []
    assert shown_address("sokolov@xn--80a1acny.xn--p1ai") == "sokolov@почта.рф"


def test_several_senders_are_told() -> None:
    sender = Address("Bank", "a@bank.com")
    assert sender_remarks(sender, ("several_from",)) == (SenderRemark.SEVERAL_FROM,)


def test_a_name_of_sixty_thousand_letters_is_looked_at_in_part() -> None:
    """All of it took seven seconds of the window's thread: the square of its length."""
    far = Address("n" * 60_000 + " boss@bank.example", "a@customer.example")
    assert sender_remarks(far) == ()
    assert len(shown_name(far.name)) == 201
