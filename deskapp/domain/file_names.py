"""Names for files that strangers named: safe to save under on Windows, macOS and Linux alike."""

import unicodedata

LONGEST = 120  # characters
MOST_BYTES = 200  # of UTF-8: file systems take 255, and programs add endings of their own
_LONGEST_ENDING = 20
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\ufe0f")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)


def saved_name(filename: str) -> str:
    """A name every system can save under: one file in one folder, no invisible or turning marks,
    no device, never empty, never hidden. Named twice is named once."""
    last = filename.replace("\\", "/").rstrip("/ .").rpartition("/")[2]
    seen = "".join(_shown(letter) for letter in unicodedata.normalize("NFC", last))
    name = " ".join(seen.split()).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    stem = _cut(stem.rstrip(" ."), dot + ending)
    name = (stem + dot + ending).strip(" .")
    if name.partition(".")[0].rstrip(" ").casefold() in _DEVICES or name.startswith(("-", "~")):
        name = "_" + name
    return name or "file"


def _shown(letter: str) -> str:
    if letter in _NOT_IN_NAMES:
        return "_"
    if letter in _BLANKS or unicodedata.category(letter) in _UNSEEN:
        return ""
    return " " if letter.isspace() else letter


def _cut(stem: str, ending: str) -> str:
    """The beginning of a stem that leaves room for its ending and for one more letter."""
    stem = stem[: LONGEST - len(ending) - 1]
    while len((stem + ending).encode()) > MOST_BYTES - 1:
        stem = stem[:-1]
    return stem.rstrip(" .")
