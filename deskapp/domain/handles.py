"""Names of people in social networks and messengers, as they are typed or pasted as a link."""

import re
import unicodedata
from urllib.parse import parse_qs, unquote

NETWORKS = (
    "facebook", "instagram", "kakaotalk", "line", "linkedin", "messenger", "ok", "qq", "shopee",
    "signal", "skype", "telegram", "threads", "tiktok", "viber", "vk", "wechat", "weibo",
    "whatsapp", "x", "xiaohongshu", "youtube", "zalo",
)  # fmt: skip
"""What is offered; any other word is kept as well."""

_SITES = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "m.me": "messenger",
    "instagram.com": "instagram",
    "line.me/ti/p": "line",
    "linkedin.com/in": "linkedin",
    "ok.ru": "ok",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "threads.net": "threads",
    "tiktok.com": "tiktok",
    "twitter.com": "x",
    "vk.com": "vk",
    "weibo.com": "weibo",
    "wa.me": "whatsapp",
    "x.com": "x",
    "youtube.com": "youtube",
    "zalo.me": "zalo",
}
_NAMED = re.compile(r"(?P<network>[^\W\d_]{1,20})\s*[:\uff1a]\s*(?P<handle>\S.*)")
_OTHER_NAMES = {"fb": "facebook", "ig": "instagram", "tg": "telegram", "twitter": "x",
                "微信": "wechat", "微博": "weibo", "weixin": "wechat", "вк": "vk"}  # fmt: skip


def handle_parts(text: str) -> tuple[str, str]:
    """The network ("" when it cannot be told) and the name in it: ``https://t.me/lan_nguyen`` and
    ``Telegram: @lan_nguyen`` are both telegram and lan_nguyen."""
    plain = text.strip()
    page = re.sub(r"(?i)^(?:https?://)?(?:www\.|m\.)?", "", plain).rstrip("/")
    for site, network in _SITES.items():
        if page.casefold().startswith(f"{site}/"):
            return network, _name_on(page[len(site) + 1 :]) or plain
    named = _NAMED.fullmatch(plain)
    if named is not None and (known := network_named(named["network"])) in NETWORKS:
        return known, named["handle"]
    return "", plain


def _name_on(page: str) -> str:
    """The name in a profile's address; Facebook's nameless profiles have a number instead."""
    path, _, asked = page.partition("?")
    if path.casefold() == "profile.php":
        return next(iter(parse_qs(asked).get("id", ())), "")
    if path.casefold().startswith("people/"):
        return path.rpartition("/")[2]
    return unquote(path).rstrip("/")


def network_named(word: str) -> str:
    """The one word that a network is kept under."""
    plain = unicodedata.normalize("NFKC", word).strip().casefold()[:40]
    return _OTHER_NAMES.get(plain, plain)


def handle_key(name: str, network: str) -> str:
    """Equal for spellings of one name in one network; "" for no name."""
    bare = unicodedata.normalize("NFKC", name).casefold().strip().lstrip("@").strip()
    return f"{network}:{bare}" if network and bare else bare
