"""Traditional or Simplified Chinese, by the letters that only one of the two uses."""

from functools import cache
from importlib.resources import files

_UNDECIDED = 8  # letters; so short a text may be either


def chinese_of(sample: str) -> str:
    """ "zh-Hans", "zh-Hant", or "" where too few letters decide."""
    simplified, traditional = _script_letters()
    balance = sum((each in traditional) - (each in simplified) for each in sample)
    if balance == 0 and len(sample) < _UNDECIDED:
        return ""
    return "zh-Hant" if balance > 0 else "zh-Hans"


@cache
def _script_letters() -> tuple[frozenset[str], frozenset[str]]:
    """From OpenCC's tables."""
    tables = files("opencc") / "dictionary"
    to_traditional = _pairs((tables / "STCharacters.txt").read_text("utf-8"))
    to_simplified = _pairs((tables / "TSCharacters.txt").read_text("utf-8"))
    simplified = {letter for letter, others in to_traditional.items() if letter not in others}
    traditional = {letter for letter, others in to_simplified.items() if letter not in others}
    return frozenset(simplified - traditional), frozenset(traditional - simplified)


def _pairs(table: str) -> dict[str, list[str]]:
    lines = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {letter: others.split() for letter, others in lines}
