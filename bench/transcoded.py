"""How often texts in our customers' languages arrive letter by letter, a table per language."""

from collections import Counter
from collections.abc import Iterable

from deskapp.mail.parse import parse_mail
from tests.mail.parse.transcoded import Sample, false_labels, true_labels
from tests.mail.parse.transcoded_words import held_out

FIELDS = ("body", "subject", "name", "filename")


def wrong_fields(sample: Sample) -> list[tuple[str, str]]:
    """(field, what was read instead) of what is not as written."""
    mail = parse_mail(sample.raw)
    read = {
        "body": mail.text,
        "subject": mail.subject,
        "name": mail.sender.name,
        "filename": mail.attachments[0].filename if mail.attachments else "",
    }
    return [(field, read[field]) for field in FIELDS if read[field] != getattr(sample, field)]


def table(title: str, samples: Iterable[tuple[str, Sample]]) -> list[str]:
    """Prints one row per language; the lines it returns name each miss."""
    count: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    for language, sample in samples:
        count[language] += 1
        for field, read in wrong_fields(sample):
            wrong[language, field] += 1
            misses.append(f"{sample.what}: {field} read as {read[:60]!r}")
    print(f"\n{title:16s}{'mails':>7s}" + "".join(f"{field:>16s}" for field in FIELDS))
    for language, total in count.items():
        shares = (f"{total - wrong[language, field]} of {total}" for field in FIELDS)
        print(f"{language:16s}{total:7d}" + "".join(f"{share:>16s}" for share in shares))
    return misses


def main() -> None:
    """Prints the tables of both sets and every miss."""
    misses = table("true labels", true_labels()) + table("false labels", false_labels())
    texts = held_out()
    misses += table("held out, true", true_labels(texts))
    misses += table("held out, false", false_labels(texts))
    print(f"\n{len(misses)} fields differ")
    for miss in misses[:60]:
        print(" ", miss)


if __name__ == "__main__":
    main()
