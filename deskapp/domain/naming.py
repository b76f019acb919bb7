"""When two names that people gave are the same name."""

from .folding import fold


def name_key(name: str) -> str:
    """Equal for names that differ only in case, marks, script variant or punctuation.

    A name without letters or digits is compared as it stands.
    """
    return fold(name) or " ".join(name.casefold().split())
