"""The languages that can be chosen for a customer."""

from deskapp.ui import text

_OFTEN = ("vi", "zh-Hant", "zh-Hans", "ru", "en", "uk", "ja", "ko", "th", "id")
_OTHERS = ("de", "es", "fr", "it", "nl", "pl", "pt", "tr", "ar", "cs", "sv", "hu", "ro", "el", "he")


def offered_languages(current: str) -> list[tuple[str, str]]:
    """(name, tag) pairs, the frequent ones first; the current one under the tag it is kept by."""
    name = text.language_name(current)
    others = [(text.language_name(tag), tag) for tag in (*_OFTEN, *_OTHERS)]
    if not current:
        return others
    if name in dict(others):
        return [(shown, current if shown == name else tag) for shown, tag in others]
    return [(name, current), *others]
