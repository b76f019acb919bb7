"""What is known about mail providers: their servers, and the manners that differ.

Kept by provider documentation and by reports of other mail programs; see docs/decisions.md.
"""

import math
import re
from dataclasses import dataclass

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. ``domains`` are those of its addresses, ``hosts`` ends of its server names.

    ``password`` is the key of the hint which kind of password to type: "app_password",
    "authorisation_code", "mailbox_password". ``files_sent`` tells that its SMTP server puts a
    copy into Sent by itself.
    """

    name: str
    domains: tuple[str, ...]
    hosts: tuple[str, ...]
    imap: tuple[str, int, Security]
    smtp: tuple[str, int, Security]
    password: str = "app_password"
    files_sent: bool = False
    wants_id: bool = False
    imap_user_is_local_part: bool = False


_TLS, _STARTTLS = Security.TLS, Security.STARTTLS


def _provider(
    name: str, domains: str, hosts: str, imap: str, smtp: str, **more: object
) -> Provider:
    return Provider(
        name,
        tuple(domains.split()),
        tuple(hosts.split()),
        _place(imap),
        _place(smtp),
        **more,  # type: ignore[arg-type]
    )


def _place(text: str) -> tuple[str, int, Security]:
    host, port = text.split(":")
    return host, int(port), _STARTTLS if port == "587" else _TLS


PROVIDERS = (
    _provider(
        "Gmail",
        "gmail.com googlemail.com",
        "gmail.com googlemail.com google.com",
        "imap.gmail.com:993",
        "smtp.gmail.com:465",
        files_sent=True,
    ),
    _provider(
        "Outlook",
        "outlook.com hotmail.com live.com msn.com",
        "outlook.com office365.com hotmail.com",
        "outlook.office365.com:993",
        "smtp.office365.com:587",
        files_sent=True,
    ),
    _provider(
        "Yahoo",
        "yahoo.com ymail.com rocketmail.com yahoo.com.vn yahoo.com.tw",
        "yahoo.com",
        "imap.mail.yahoo.com:993",
        "smtp.mail.yahoo.com:465",
    ),
    _provider(
        "iCloud",
        "icloud.com me.com mac.com",
        "me.com",
        "imap.mail.me.com:993",
        "smtp.mail.me.com:587",
        imap_user_is_local_part=True,
    ),
    _provider(
        "GMX",
        "gmx.com gmx.net gmx.de gmx.at gmx.ch",
        "gmx.net gmx.com",
        "imap.gmx.net:993",
        "mail.gmx.net:465",
    ),
    _provider(
        "QQ",
        "qq.com foxmail.com",
        "imap.qq.com smtp.qq.com",
        "imap.qq.com:993",
        "smtp.qq.com:465",
        password="authorisation_code",
    ),
    _provider(
        "exmail",
        "exmail.qq.com",
        "exmail.qq.com",
        "imap.exmail.qq.com:993",
        "smtp.exmail.qq.com:465",
        password="authorisation_code",
    ),
    _provider(
        "163",
        "163.com",
        "163.com",
        "imap.163.com:993",
        "smtp.163.com:465",
        password="authorisation_code",
        wants_id=True,
    ),
    _provider(
        "126",
        "126.com",
        "126.com",
        "imap.126.com:993",
        "smtp.126.com:465",
        password="authorisation_code",
        wants_id=True,
    ),
    _provider(
        "yeah",
        "yeah.net",
        "yeah.net 188.com",
        "imap.yeah.net:993",
        "smtp.yeah.net:465",
        password="authorisation_code",
        wants_id=True,
    ),
    _provider(
        "Yandex",
        "yandex.ru yandex.com ya.ru",
        "yandex.ru yandex.com",
        "imap.yandex.ru:993",
        "smtp.yandex.ru:465",
    ),
    _provider(
        "Mail.ru",
        "mail.ru inbox.ru list.ru bk.ru",
        "mail.ru",
        "imap.mail.ru:993",
        "smtp.mail.ru:465",
    ),
    _provider(
        "Zoho",
        "zoho.com zohomail.com",
        "zoho.com zoho.eu zoho.in",
        "imap.zoho.com:993",
        "smtp.zoho.com:465",
    ),
    _provider(
        "Fastmail",
        "fastmail.com fastmail.fm",
        "fastmail.com",
        "imap.fastmail.com:993",
        "smtp.fastmail.com:465",
    ),
)

SENT_NAMES = (
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "sentmail",
    "inbox.sent",
    "inbox.sent items",
    "inbox.sent messages",
    "已发送",
    "已傳送",
    "已发送邮件",
    "寄件備份",
    "寄件备份",
    "отправленные",
    "đã gửi",
    "thư đã gửi",
    "gesendet",
    "gesendete objekte",
    "envoyés",
    "enviados",
)
"""Names of the Sent folder where a server does not mark it (RFC 6154), in lower case."""


def of_host(host: str) -> Provider | None:
    """The provider behind a server name."""
    name = host.casefold().rstrip(".")
    for provider in PROVIDERS:
        if any(name == end or name.endswith("." + end) for end in provider.hosts):
            return provider
    return None


def suggest(address: str) -> tuple[Server, Server] | None:
    """The IMAP and SMTP servers of an address, where its domain is a known provider's."""
    local, _, domain = address.strip().casefold().rpartition("@")
    for provider in PROVIDERS:
        if local and domain in provider.domains:
            user = local if provider.imap_user_is_local_part else address.strip()
            return Server(*provider.imap, user), Server(*provider.smtp, address.strip())
    return None


def password_hint(address_or_host: str) -> str:
    """Which kind of password its provider wants: a key, "mailbox_password" for unknown ones."""
    domain = address_or_host.casefold().rpartition("@")[2]
    for provider in PROVIDERS:
        if domain in provider.domains:
            return provider.password
    provider_of_host = of_host(domain)
    return provider_of_host.password if provider_of_host else "mailbox_password"


def files_sent_itself(smtp_host: str) -> bool:
    """True where an APPEND to Sent would be a second copy."""
    provider = of_host(smtp_host)
    return provider is not None and provider.files_sent


def wants_id(imap_host: str) -> bool:
    """True where folders open only for a program that has introduced itself."""
    provider = of_host(imap_host)
    return provider is not None and provider.wants_id


VIEW_FLAGS = frozenset({"\\all", "\\flagged", "\\important"})
"""Folders that show mail of other folders once more (RFC 6154, RFC 8457): Gmail's All Mail,
Starred and Important. LIST says so in any language of the account.
"""

_WRONG = re.compile(
    r"\[(?:AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED|PRIVACYREQUIRED)\]", re.IGNORECASE
)
_FOR_NOW = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN|THROTTLED|OVERQUOTA)\]"  # RFC 5530
    r"|too many simultaneous|too many connections|connection limit|connections? exceeded"
    r"|throttl|backoff time|bandwidth limits|not connected|server unavailable|temporar",
    re.IGNORECASE,
)
_BACKOFF = re.compile(r"backoff time:? *(\d{1,12}) *(milliseconds|ms|seconds|s)?\b", re.IGNORECASE)
_LIMITED = re.compile(r"\[(?:LIMIT|THROTTLED)\]|throttl|bandwidth limits", re.IGNORECASE)
_LIMITED_SECONDS = 600
_LONGEST_REST = 24 * 3600  # Gmail's own lockout for too much traffic


def wants_name(words: str) -> bool:
    """True for NetEase's "SELECT Unsafe Login", also where it serves a firm's own domain: it has
    nothing against the password, but wants to be told which program this is.
    """
    return "unsafe login" in words.lower()


def is_for_now(words: str) -> bool:
    """True where a refused sign-in says nothing about the password: Gmail's "Too many
    simultaneous connections", Outlook's "authenticated but not connected", codes of RFC 5530.
    """
    return _FOR_NOW.search(words) is not None and _WRONG.search(words) is None


def rest_wanted(words: str) -> int | None:
    """Seconds to leave a server alone, from its own words; None where it asks for none.

    Outlook says "Request is throttled. Suggested Backoff Time: 299997 milliseconds".
    """
    told = _BACKOFF.search(words)
    if told is not None:
        unit = (told[2] or "milliseconds").lower()
        seconds = int(told[1]) / (1000 if unit.startswith("m") else 1)
        return min(math.ceil(seconds), _LONGEST_REST)
    return _LIMITED_SECONDS if _LIMITED.search(words) else None
