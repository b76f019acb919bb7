"""Links that lie are found out, honest ones left alone; three schemes are opened and no more."""

from itertools import product

import pytest

from deskapp.domain.links import is_opened, link_remarks, read_mail_link
from deskapp.domain.sites import is_number_host, site_of

BRANDS = (
    "bank.com",
    "lotus-shop.vn",
    "paypal.com",
    "post.de",
    "sberbank.ru",
    "shop.co.uk",
    "taobao.com",
    "momo.vn",
    "yamato.co.jp",
    "ministry.gov.vn",
)
HOSTS = (
    "evil.example",
    "login.evil.net",
    "bank.com.evil.org",
    "xn--80ak6aa92e.com",
    "аpple.com",
    "203.0.113.7",
    "0x7f000001",
    "[2001:db8::1]",
    "3405803783",
    "goog1e.example",
)
# Latin words with one letter of another alphabet in each.
MIXED = ("pаypal", "gооgle", "micrоsoft", "аmazon", "fасebook", "yаhoo", "vietcombаnk", "аpple")


def bad_links() -> list[tuple[str, str]]:
    """Over 300 (address, words)."""
    made = [
        (f"https://{host}/{path}", words.format(brand))
        for host, brand in product(HOSTS, BRANDS)
        for path, words in (("login", "https://www.{}/login"), ("x?y=1", "Log in at {} now"))
    ]
    made += [(f"https://{brand}@evil.example/", "Click here") for brand in BRANDS]
    made += [(f"https://www.{brand}%2Flogin@evil.example/", "Open") for brand in BRANDS]
    made += [(f"https://{brand}%5C@evil.example/", "Open") for brand in BRANDS]
    made += [
        (f"https://www.{brand.split('.')[0]}.com.evil.example/", "Your account") for brand in BRANDS
    ]
    made += [(f"https://{name}.com/", "Your account") for name in MIXED]
    made += [(f"https://www.{name}.com/", name) for name in MIXED]
    made += [(f"https://{brand}\u202e/x", brand) for brand in BRANDS]
    made += [("https://evil.example/", f"{brand[:2]}\u200b{brand[2:]}") for brand in BRANDS]
    made += [("https://evil.example/", brand.replace(".", "。")) for brand in BRANDS]
    made += [("https://evil.example/", f"（{brand}）") for brand in BRANDS]
    made += [("https://evil.example/", f"HTTPS://{brand.upper()}/") for brand in BRANDS]
    made += [("mailto:thief@evil.example?subject=x", f"support@{brand}") for brand in BRANDS]
    made += [
        (one, "Click")
        for one in ("https:///x", "http://", "https://x.example:99999/", "http://[1/")
    ]
    made += [
        (f"http://{one}/", "Open") for one in ("127.1", "0177.0.0.1", "0x7f.1", "[::ffff:7f00:1]")
    ]
    return made


def honest_links() -> list[tuple[str, str]]:
    """Over 500 (address, words), as shops, carriers and people write them."""
    words = (
        "Click here",
        "Theo dõi đơn hàng",
        "查看订单",
        "Отследить посылку",
        "View in browser",
        "→",
        "invoice.pdf",
        "Node.js guide",
        "v1.2.3",
        "10.000 đ",
        "e.g. here",
        "",
    )
    made = [(f"https://www.{brand}/a?x=1", one) for brand, one in product(BRANDS, words)]
    made += [
        (f"https://{sub}.{brand}/path", f"{shown}{brand}")
        for brand in BRANDS
        for sub in ("shop", "www", "mail", "click.news")
        for shown in ("", "www.", "https://", "http://www.", "HTTPS://WWW.")
    ]
    made += [(f"https://{brand}:443/", f"Go to {brand}.") for brand in BRANDS]
    made += [(f"https://{brand}/?next=https%3A%2F%2Fother.example", "Next") for brand in BRANDS]
    made += [
        (f"mailto:help@{brand}", one) for brand in BRANDS for one in (f"help@{brand}", "Write")
    ]
    made += [
        (f"https://{host}/", one)
        for host in (
            "münchen.de",
            "пример.рф",
            "例子.中国",
            "việt.vn",
            "xn--mnchen-3ya.de",
            "京东shop.cn",
        )
        for one in ("Website", host)
    ]
    made += [("https://example.com/" + path, "more") for path in map(str, range(90))]
    made += [(f"http://{brand}/", brand.upper()) for brand in BRANDS]
    made += [(f"https://t.co/{n}", "short link") for n in range(40)]
    return made


def test_every_bad_link_is_flagged() -> None:
    links = bad_links()
    assert len(links) >= 300
    assert [link for link in links if not link_remarks(*link)] == []


def test_hardly_any_honest_link_is() -> None:
    links = honest_links()
    assert len(links) >= 500
    alarms = [(link, link_remarks(*link)) for link in links if link_remarks(*link)]
    assert len(alarms) <= len(links) * 0.02, alarms


_SCHEMES = """
    http https mailto file ftp javascript vbscript data cid tel sms smb ssh telnet ldap gopher
    news nntp irc ircs magnet git svn rsync steam skype zoommtg slack msteams vscode onenote
    ms-word ms-excel ms-powerpoint ms-msdt ms-officecmd search-ms shell res mk its mhtml jar
    view-source chrome about blob filesystem intent android-app itms facetime x-apple-helpbasic
    webcal calshow maps market tn3270 wais dict imap pop nfs afp sftp tftp ws wss xmpp sip sips
    h323 rtsp mms callto whatsapp tg viber line fb x-order livescript mocha feed opaquelocktoken
"""


def test_three_schemes_are_opened_and_no_others() -> None:
    schemes = _SCHEMES.split()
    assert [one for one in schemes if is_opened(f"{one}:x")] == ["http", "https", "mailto"]
    for hidden in ("java\tscript:x", "\x01javascript:x", " javascript:x", "//host/x", "/etc/x", ""):
        assert not is_opened(hidden)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("mailto:a@b.example", ("a@b.example", "", "", "")),
        (
            "mailto:a@b.example?subject=Hi%20you&body=x%0D%0Ay",
            ("a@b.example", "", "Hi you", "x\ny"),
        ),
        (
            "mailto:a@b.example?attach=/etc/passwd&ATTACHMENT=x&bcc=c@d.example",
            ("a@b.example", "", "", ""),
        ),
        ("mailto:?to=a@b.example&cc=c@d.example", ("a@b.example", "c@d.example", "", "")),
        (
            "mailto:a@b.example?subject=x%0D%0ABcc:c@d.example",
            ("a@b.example", "", "x Bcc:c@d.example", ""),
        ),
        ("mailto:a+b@c.example?subject=1+1", ("a+b@c.example", "", "1+1", "")),
    ],
)
def test_a_mail_link_fills_four_fields_and_attaches_nothing(
    address: str, fields: tuple[str, ...]
) -> None:
    link = read_mail_link(address)
    assert (link.to, link.cc, link.subject, link.body) == fields


def test_whose_site_it_is() -> None:
    for host, site in (
        ("www.shop.co.uk", "shop.co.uk"),
        ("a.b.shop.com.vn", "shop.com.vn"),
        ("x.example.de", "example.de"),
        ("anna.github.io", "anna.github.io"),
        ("shop.myshopify.com", "shop.myshopify.com"),
        ("de", "de"),
    ):
        assert site_of(host) == site
    assert is_number_host("3405803783") and not is_number_host("4chan.example")


@pytest.mark.parametrize(
    "words",
    [
        "请访问www.bank.com登录",
        "请访问https://www.bank.com登录",
        "點擊https://bank.com/login查看",
        "Go:https://bank.com",
        "a " * 80 + "https://bank.com",
    ],
)
def test_a_site_named_in_the_middle_of_words_is_seen(words: str) -> None:
    assert "other_site" in link_remarks("https://evil.example/", words)
    assert link_remarks("https://www.bank.com/x", words) == ()


def test_sharp_s_is_a_letter_of_its_own() -> None:
    """Browsers go to xn--strae-oqa.de; ``strasse.de`` belongs to somebody else."""
    assert "other_site" in link_remarks("https://xn--strae-oqa.de/", "https://strasse.de/")
    assert link_remarks("https://xn--strae-oqa.de/", "https://straße.de/") == ()


OWNERS_NAMES = """
    com.vn edu.vn com.tw idv.tw com.cn gov.cn com.hk co.kr pe.kr co.jp ne.jp com.ua kyiv.ua
    in.ua msk.ru com.kz com.by com.br co.nz co.in co.id my.id co.th in.th com.sg com.my co.uk
    me.uk com.tr com.pl co.il co.za com.mx com.ar github.io blogspot.com myshopify.com web.app
    pages.dev netlify.app vercel.app duckdns.org ngrok-free.app trycloudflare.com webflow.io
    notion.site carrd.co square.site myshopline.com synology.me railway.app
"""


@pytest.mark.parametrize("ending", OWNERS_NAMES.split())
def test_two_customers_of_one_provider_are_two_sites(ending: str) -> None:
    assert site_of(f"shop.{ending}") != site_of(f"evil.{ending}")
    assert site_of(f"www.shop.{ending}") == site_of(f"shop.{ending}")
