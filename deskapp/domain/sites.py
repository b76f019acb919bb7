"""Host names as people understand them: whose site it is, and in what letters it is written."""

import re
import unicodedata
from ipaddress import ip_address

# Where a name's owner stands one label further left. Countries sell names below their own second
# level; hosting companies give every customer a name of their own.
_SECOND_LEVEL_NAMES = """
    ac adv biz co com edu gob gov gouv go gen gr id idv in info ltd me mil msk name ne net nom
    nt or org plc pp pro sch school spb web
"""
_SECOND_LEVEL = frozenset(_SECOND_LEVEL_NAMES.split())
_SHARED_NAMES = """
    github.io gitlab.io blogspot.com wordpress.com myshopify.com web.app firebaseapp.com
    pages.dev workers.dev netlify.app vercel.app herokuapp.com azurewebsites.net
    cloudfront.net amazonaws.com appspot.com r2.dev onrender.com fly.dev glitch.me weebly.com
    wixsite.com myshopline.com shoplazza.com
    duckdns.org ngrok.io ngrok.app ngrok-free.app trycloudflare.com webflow.io framer.app surge.sh
    replit.app repl.co streamlit.app notion.site carrd.co square.site no-ip.org ddns.net hopto.org
    dyndns.org synology.me myqnapcloud.com azurestaticapps.net elasticbeanstalk.com
    railway.app deno.dev edgeone.app blogspot.de myfritz.net tumblr.com strikingly.com
    kiev.ua kyiv.ua lviv.ua kharkov.ua kharkiv.ua odessa.ua odesa.ua dp.ua zp.ua
    pe.kr re.kr bj.cn sh.cn gd.cn zj.cn js.cn my.id eng.br app.br waw.pl asso.fr
    com.de com.se uk.com us.com cn.com eu.com ru.com
"""
_SHARED = frozenset(_SHARED_NAMES.split())
_CYRILLIC_TWINS = frozenset("асеорхуіјѕԁһӏԛԝьѵҽ")
_GREEK_TWINS = frozenset("ορνικυα")
_NUMBER = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}\Z")


def is_number_host(host: str) -> bool:
    """Whether a host is an address in figures, in any of the spellings that browsers take."""
    bare = host.strip("[]")
    if _NUMBER.match(bare.lower()):
        return True
    try:
        ip_address(bare.partition("%")[0])
    except ValueError:
        return False
    return True


def in_letters(host: str) -> str:
    """A host as its owner writes it; labels that are not valid punycode stay as they are."""
    return ".".join(_label_in_letters(label) for label in host.lower().split("."))


def in_ascii(host: str) -> str:
    """A host as the network writes it, "" for one that no name server could know."""
    try:
        labels = unicodedata.normalize("NFKC", host).lower().replace("。", ".").split(".")
        return "" if "" in labels[:-1] else ".".join(map(_label_in_ascii, labels))
    except UnicodeError:
        return ""


def site_of(host: str) -> str:
    """The part of a host that somebody registered: ``shop.co.uk`` for ``www.shop.co.uk``.

    By rules and not by the public suffix list, which changes each week; where they are wrong, two
    customers of one unknown hosting company count as one.
    """
    labels = [label for label in (in_ascii(host) or host.lower()).split(".") if label]
    if len(labels) <= 2:
        return ".".join(labels)
    two = ".".join(labels[-2:])
    is_country_s = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:]) if is_country_s or two in _SHARED else two


def mixes_scripts(text: str) -> bool:
    """Whether one word has letters of scripts that nobody mixes, such as Latin and Cyrillic.

    Chinese, Japanese and Korean stand beside Latin letters in honest words.
    """
    return any(_mixes(word) for word in re.split(r"[\s.@_/:-]+", text))


def is_look_alike(host: str) -> bool:
    """Whether a host pretends: scripts mixed, or all its letters are twins of Latin ones under an
    ending in Latin letters."""
    labels = in_letters(host).split(".")
    if any(_mixes(label) for label in labels):
        return True
    if not labels[-1].isascii():
        return False
    return any(_all_twins(label) for label in labels[:-1])


def _label_in_ascii(label: str) -> str:
    """Python's codec is of 2003 and makes "ss" of "ß"; browsers go to another site (IDNA 2008)."""
    if any(letter in label for letter in "ßς"):
        label = "xn--" + label.encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii") if label else ""


def _label_in_letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def _mixes(word: str) -> bool:
    scripts = {script for letter in word if letter.isalpha() and (script := _script(letter))}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1


def _all_twins(label: str) -> bool:
    letters = {letter for letter in label if letter.isalpha() and not letter.isascii()}
    if not letters or any(letter.isascii() and letter.isalpha() for letter in label):
        return False
    return letters <= _CYRILLIC_TWINS or letters <= _GREEK_TWINS


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
