"""How we read published mail, header vectors and our own transcoded mail, beside the stdlib.

python3 dev.py bench corpus_reading

The published mail lies in shared/mail-cases beside the checkout; docs/mail-differences.md judges
each difference.
"""

import re
import sys
import time
from collections import Counter
from pathlib import Path

from bench import mime4j, stalwart, transcoded, vectors
from bench.readers import READERS
from deskapp.domain.mail import UnreadableMail
from deskapp.mail.parse import parse_mail, read_attachment
from deskapp.mail.parse.tnef import unpack_tnef

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "mail-cases"
JUDGED = ROOT / "docs" / "mail-differences.md"
_LINE = re.compile(r"^\| ([^|]+?) \| (ours|answer|either) \|", re.MULTILINE)
_MAIL = ("", ".eml", ".txt", ".msg", ".mbox", ".raw")


def main() -> None:
    """Prints every figure, then every difference with its judgement."""
    if not CASES.is_dir():
        sys.exit("shared/mail-cases is not beside the checkout; nothing was measured")
    judged = dict(_LINE.findall(JUDGED.read_text("utf-8")))
    _crashes()
    told = [*_stalwart(judged), *_mime4j(judged)]
    _tnef()
    _vectors()
    transcoded.main()
    print(f"\n{len(told)} differences on whole mails")
    print("\n".join(told))


def _crashes() -> None:
    reasons: Counter[str] = Counter()
    slowest = 0.0
    for path in sorted(CASES.rglob("*")):
        if not path.is_file() or path.suffix not in _MAIL:
            continue
        raw = path.read_bytes()
        begin = time.process_time()
        reasons[_read(raw)] += 1
        slowest = max(slowest, time.process_time() - begin)
    print(f"all files read as mail: {dict(reasons)}; slowest {slowest:.2f} s")


def _read(raw: bytes) -> str:
    try:
        mail = parse_mail(raw)
        for each in mail.attachments:
            read_attachment(raw, each.index)
    except UnreadableMail as refusal:
        return refusal.reason
    return "read" if mail.text or mail.html or mail.attachments else "read, nothing in it"


def _stalwart(judged: dict[str, str]) -> list[str]:
    told: list[str] = []
    for kinds in (("rfc", "thirdparty"), ("malformed",)):
        print(f"\nstalwart {'+'.join(kinds):20s} n crash" + _columns(stalwart.FIELDS))
        for reader in READERS:
            count, score = stalwart.score(CASES / "stalwart", kinds, reader)
            right = [score.right[field] for field in stalwart.FIELDS]
            print(f"{reader:28s}{count:4d}{score.crashes:6d}" + _columns(right))
            if reader == "ours":
                names = [f"{name} {field}" for name, field, _, _ in score.differences]
                told += [_told("stalwart", name, judged) for name in names]
                accepted = Counter(
                    field
                    for name, field, _, _ in score.differences
                    if judged.get(f"{name} {field}") in ("ours", "either")
                )
                both = [score.right[field] + accepted[field] for field in stalwart.FIELDS]
                print(f"{'ours, after judgement':28s}{count:4d}{score.crashes:6d}" + _columns(both))
    return told


def _mime4j(judged: dict[str, str]) -> list[str]:
    told: list[str] = []
    print("\nmime4j: mails whose every leaf is equal")
    for column in mime4j.COLUMNS:
        count, right, differences = mime4j.score(CASES / "mime4j", column)
        print(f"{column:28s}{right:4d} of {count}")
        if column == "ours":
            told = [_told("mime4j", name, judged) for name, _ in differences]
    return told


def _told(source: str, name: str, judged: dict[str, str]) -> str:
    return f"  {source} {name}: {judged.get(name, 'NEW')}"


def _columns(values: object) -> str:
    assert isinstance(values, (list, tuple))
    return "".join(f"{value!s:>9}" for value in values)


def _tnef() -> None:
    folder = CASES / "mimekit/UnitTests/TestData/tnef"
    right, wrong = 0, []
    answers = sorted(folder.glob("*.list"))
    for answer in answers:
        wanted = [name for name in answer.read_text("utf-8").split("\n") if name.strip()]
        wanted = [name for name in wanted if not name.startswith("body.")]
        beside = folder / answer.stem
        if not wanted and beside.is_dir():
            wanted = [each.name for each in beside.iterdir() if not _is_body(each.name)]
        found = [name for name, _ in unpack_tnef(answer.with_suffix(".tnef").read_bytes())]
        if sorted(wanted) == sorted(name or "Untitled Attachment" for name in found):
            right += 1
        else:
            wrong.append(answer.stem)
    print(f"\nTNEF names: {right} of {len(answers)}", *wrong)


def _is_body(name: str) -> bool:
    return name.startswith("message.")


def _vectors() -> None:
    print("\nheader vectors")
    for kind, count, differing in vectors.differences(CASES / "stalwart"):
        print(f"{kind:14s}{count - len(differing):4d} of {count}")
        for header, wanted, found in differing:
            print(f"    {header[:60]!r}\n      answer {wanted}\n      ours   {found}")


if __name__ == "__main__":
    main()
