"""Links of strangers: what may be opened, what their words promise, and where they lead."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from .contact import is_mail_address
from .sites import in_ascii, is_look_alike, is_number_host, site_of

OPENED = ("http", "https", "mailto")

# Endings of bare words that are names of sites; of the others many are names of files.
_NAMED_ENDINGS = """
    com net org info biz shop store online app dev io co me tv xyz site top club vip bank pay
    eu uk de fr it es nl be at ch pl cz ru ua by kz vn tw cn hk jp kr sg th id in au nz ca us mx
    br ar cl tr gr pt se no fi dk ie il za рф
"""
_NAMED = frozenset(_NAMED_ENDINGS.split())
_SITE = re.compile(
    r"(?P<scheme>https?://)?(?P<user>[^\s/@]*@)?(?P<host>(?:[\w-]+\.)+[\w-]{2,})(?=[/?#:\s]|$)",
    re.IGNORECASE,
)
# Written into other words, as in Chinese, which has no spaces: "请访问www.bank.com登录".
_INSIDE = re.compile(
    r"(?:https?://|(?<![a-z0-9.@/-])(?=www\.))(?:[^\s/@]{0,60}@)?"
    r"(?P<host>(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,18})(?![a-z0-9.@-])",
    re.IGNORECASE | re.ASCII,
)
_MOST_WORDS = 4000  # letters of a link's words that are looked at
_AROUND = "\"'«»“”„‘’()[]<>{},;!?…。，、"
_INNER_ENDINGS = frozenset(("com", "net", "org", "gov", "edu"))


class LinkRemark(StrEnum):
    """Why a person should look twice before a link is opened."""

    OTHER_SITE = "other_site"  # its words name another site than the one it leads to
    LOOK_ALIKE = "look_alike"  # letters of several alphabets, or twins of Latin ones
    NUMBERS = "numbers"  # the host is an address in figures
    NAME_BEFORE_HOST = "name_before_host"  # https://bank.example@other.example
    NESTED_NAME = "nested_name"  # bank.com.other.example
    HIDDEN_SIGNS = "hidden_signs"  # signs that turn or hide text
    BROKEN = "broken"  # the address cannot be understood


@dataclass(frozen=True, slots=True)
class MailLink:
    """What a mailto: link fills in; it has no other fields, whatever it says."""

    to: str
    cc: str
    subject: str
    body: str


def scheme_of(address: str) -> str:
    """The scheme in small letters, "" without one. Signs that nobody sees do not hide it."""
    seen = "".join(sign for sign in address if sign.isprintable() and not sign.isspace())
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    return found[1].lower() if found else ""


def is_opened(address: str) -> bool:
    """Whether a link is ever handed to another program: three schemes, and no others."""
    return scheme_of(address) in OPENED


def host_of(address: str) -> str:
    """The host as the network knows it, "" where there is none."""
    parts = _split(address)
    return "" if parts is None else in_ascii(parts.hostname or "") or (parts.hostname or "")


def read_mail_link(address: str) -> MailLink:
    """The four fields of a mailto: address (RFC 6068); ``attach`` and all others are dropped."""
    target, _, query = address.partition(":")[2].partition("?")
    fields = {"to": unquote(target), "cc": "", "subject": "", "body": ""}
    for name, value in parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)[:50]:
        field = name.lower()
        if field == "to" and fields["to"]:
            fields["to"] += ", " + value
        elif field in fields:
            fields[field] = value
    body = fields.pop("body")
    lines = {name: " ".join(_visible(value).split()) for name, value in fields.items()}
    return MailLink(**lines, body=_visible(body.replace("\r\n", "\n").replace("\r", "\n")))


def link_remarks(address: str, words: str) -> tuple[LinkRemark, ...]:
    """What is wrong with a link whose words in the mail are ``words``; () for an honest one."""
    found: list[LinkRemark] = []
    if _hides(address) or _turns(words):
        found.append(LinkRemark.HIDDEN_SIGNS)
    if scheme_of(address) == "mailto":
        if _names_other_mail(words, read_mail_link(address)):
            found.append(LinkRemark.OTHER_SITE)
        return tuple(found)
    parts = _split(address)
    host = (parts.hostname or "") if parts is not None else ""
    if parts is None or not host or not (in_ascii(host) or is_number_host(host)):
        return (*found, LinkRemark.BROKEN)
    if parts.username is not None or "@" in unquote(parts.netloc):
        found.append(LinkRemark.NAME_BEFORE_HOST)
    if is_number_host(host):
        found.append(LinkRemark.NUMBERS)
    elif is_look_alike(host):
        found.append(LinkRemark.LOOK_ALIKE)
    inner = in_ascii(host).removesuffix(site_of(host)).split(".")
    if _INNER_ENDINGS & set(inner[1:]):
        found.append(LinkRemark.NESTED_NAME)
    if any(_is_elsewhere(named, host) for named in _named_hosts(words)):
        found.append(LinkRemark.OTHER_SITE)
    return tuple(found)


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.strip().replace("\\", "/"))
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None


def _named_hosts(words: str) -> list[str]:
    """The sites that a link's words name, in whatever letters look like them."""
    plain = unicodedata.normalize("NFKC", _visible(words)).replace("。", ".").replace("\\", "/")
    named = []
    for token in plain[:_MOST_WORDS].split():
        named += [match["host"].lower() for match in _INSIDE.finditer(token)]
        found = _SITE.match(token.strip(_AROUND).rstrip("."))
        if found is None:
            continue
        host = found["host"].lower()
        is_certain = found["scheme"] is not None or host.startswith("www.")
        if is_certain or host.rpartition(".")[2] in _NAMED:
            named.append(host)
    return named


def _is_elsewhere(named: str, host: str) -> bool:
    return site_of(named) != site_of(host)


def _names_other_mail(words: str, link: MailLink) -> bool:
    shown = [word.strip(_AROUND + ".") for word in _visible(words)[:_MOST_WORDS].split()]
    addresses = [word.casefold() for word in shown if is_mail_address(word)]
    written = link.to.casefold()
    return any(address not in written for address in addresses)


def _visible(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or not _is_unseen(sign))


def _hides(address: str) -> bool:
    return any(_is_unseen(sign) for sign in address)


def _turns(words: str) -> bool:
    """Marks that turn or cut words. Single joiners and soft hyphens stand in honest text."""
    return any(sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" for sign in words)


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
