"""When two names that people gave are the same name, and which comes first in a list."""

from .folding import bare_letters, fold

LONGEST_SORT_KEY = 200
"""Signs; an index of PostgreSQL takes 2 700 bytes, a name in a mail may be longer."""


def name_key(name: str) -> str:
    """Equal for names that differ only in case, marks, script variant or punctuation.

    A name without letters or digits is compared as it stands.
    """
    return fold(name) or " ".join(name.casefold().split())


def sort_key(name: str) -> str:
    """What a list of names is sorted by, sign by sign: marks and case do not count.

    Latin comes before Cyrillic, and that before Chinese. "" only for a blank name.
    """
    key = bare_letters(name) or " ".join(name.casefold().split())
    return key[:LONGEST_SORT_KEY]
