"""Countries by their ISO 3166 letters, named in the language of the windows."""

from functools import cache

from PySide6.QtCore import QLocale

_OFTEN = ("VN", "CN", "TW", "HK", "RU", "US", "GB", "DE", "UA", "KZ", "SG", "JP", "KR", "TH")


def country_name(code: str) -> str:
    """ "VN" → "Vietnam"; the letters themselves where Qt knows none, "" for none."""
    territory = QLocale.codeToTerritory(code) if code else QLocale.Country.AnyTerritory
    if territory is QLocale.Country.AnyTerritory:
        return code
    return QLocale.territoryToString(territory)


@cache
def offered_countries() -> tuple[tuple[str, str], ...]:
    """(name, letters): those our customers are from, then all by name."""
    every = {
        QLocale.territoryToCode(one)
        for locale in QLocale.matchingLocales(
            QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyTerritory
        )
        if (one := locale.territory()) is not QLocale.Country.AnyTerritory
    }
    others = sorted(
        (country_name(code), code) for code in every if len(code) == 2 and code.isalpha()
    )
    return (*((country_name(code), code) for code in _OFTEN), *others)
