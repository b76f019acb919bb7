"""Agreement with the answers of the stalwart mail parser, mail by mail and header by header."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bench.readers import READERS, Seen
from deskapp.mail.html_text import html_to_text
from deskapp.mail.parse.filenames import harmless

Tree = dict[str, Any]
FIELDS = ("subject", "from", "body", "names", "count")


@dataclass
class Score:
    """How often one reader agreed; ``differences`` are (mail, field, wanted, seen)."""

    crashes: int = 0
    right: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[str, str, str, str]] = field(default_factory=list)


def mails(folder: Path, kinds: tuple[str, ...]) -> Iterator[tuple[str, bytes, Tree]]:
    """(name, bytes, answer) of each mail in those sub-folders."""
    for kind in kinds:
        for path in sorted((folder / "resources/eml" / kind).glob("*.eml")):
            answer = path.with_suffix(".json")
            if answer.exists():
                yield f"{kind}/{path.stem}", path.read_bytes(), json.loads(answer.read_text())


def score(folder: Path, kinds: tuple[str, ...], reader: str) -> tuple[int, Score]:
    """How many mails there were, and how one reader did on them."""
    result = Score()
    count = 0
    for name, raw, tree in mails(folder, kinds):
        count += 1
        try:
            seen = READERS[reader](raw)
        except Exception as fault:  # noqa: BLE001 (a peer's crash is what is counted)
            result.crashes += 1
            result.differences.append((name, "crash", "", repr(fault)))
            continue
        _compare(name, tree, seen, result)
    return count, result


def _compare(name: str, tree: Tree, seen: Seen, result: Score) -> None:
    names = sorted(_names(tree))
    pairs: dict[str, tuple[Any, Any]] = {
        "subject": (_nfc(_subject(tree)), _nfc(" ".join(seen.subject.split()))),
        "from": (_sender(tree), seen.sender),
        "names": (names, sorted(seen.names)),
        "count": (len(tree["attachments"]), seen.files),
    }
    for key, (wanted, found) in pairs.items():
        if wanted == found:
            result.right[key] += 1
        else:
            result.differences.append((name, key, str(wanted), str(found)))
    wanted, found = _bare(_body(tree)), _bare(seen.body)
    if alike(wanted, found):
        result.right["body"] += 1
    else:
        result.differences.append((name, "body", wanted, found))


def alike(one: str, other: str) -> bool:
    """Equal, or at least 98 hundredths of the letters are."""
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return len(one) + len(other) < 60_000 and matcher.ratio() >= 0.98


def _header(part: Tree, name: str) -> Any:
    values = [each["value"] for each in part["headers"] if each["name"] == name]
    return values[-1] if values else None


def _subject(tree: Tree) -> str:
    value = _header(tree["parts"][0], "subject")
    return " ".join(value.get("Text", "").split()) if isinstance(value, dict) else ""


def _sender(tree: Tree) -> str:
    value = _header(tree["parts"][0], "from")
    return next(addresses(value.get("Address")), ("", ""))[1] if isinstance(value, dict) else ""


def addresses(value: Any) -> Iterator[tuple[str, str]]:
    """(name, address) of a List or Group answer, in order."""
    if isinstance(value, dict) and "List" in value:
        for each in value["List"]:
            yield each.get("name") or "", each.get("address") or ""
    elif isinstance(value, dict) and "Group" in value:
        for group in value["Group"]:
            yield from addresses({"List": group["addresses"]})


def _body(tree: Tree) -> str:
    texts: list[str] = []
    for number in tree["text_body"]:
        body = tree["parts"][number]["body"]
        if "Text" in body:
            texts.append(body["Text"])
        elif "Html" in body:
            texts.append(html_to_text(body["Html"]))
    return "\n".join(texts)


def _names(tree: Tree) -> Iterator[str]:
    for number in tree["attachments"]:
        for header, key in (("content_disposition", "filename"), ("content_type", "name")):
            value = _header(tree["parts"][number], header)
            stated = (value or {}).get("ContentType", {}) if isinstance(value, dict) else {}
            found = [
                each["value"] for each in stated.get("attributes") or () if each["name"] == key
            ]
            if found:
                yield harmless(found[0])
                break


def _bare(text: str) -> str:
    return "".join(_nfc(text).split())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
