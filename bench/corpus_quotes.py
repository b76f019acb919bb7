"""How quotes fold on published replies and on our own: exact, texts lost, quotes left.

Exact: what stays is what the answer says, but for blank lines. Lost ("eats"): a line that the
person wrote is folded. Left: a line of the quote stays.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deskapp.mail.clean import clean_html
from deskapp.mail.html_text import html_to_text
from deskapp.mail.quotes import fold_html, fold_text

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "mail-cases"
SAMPLES = ROOT / "tests" / "mail" / "quotes" / "samples"
TALON_ANSWER = "Hi. I am fine. Thanks, Alex"


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail and the lines of it that its writer wrote."""

    name: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one sample folded."""

    name: str
    exact: bool
    eats: bool
    leaves: bool


def own_samples(folder: Path = SAMPLES) -> Iterator[Sample]:
    """Our own mails: "## name", then lines that stay (+) or fold (-)."""
    for file in sorted(folder.glob("*.txt")):
        for block in file.read_text("utf-8").split("## ")[1:]:
            name, *lines = block.rstrip("\n").split("\n")
            answer = "\n".join(line[1:] for line in lines if line.startswith("+"))
            yield Sample(f"{file.stem}: {name}", "\n".join(line[1:] for line in lines), answer)


def trimmer_samples() -> Iterator[Sample]:
    folder = CASES / "email_reply_trimmer" / "test"
    for file in sorted((folder / "emails").glob("*.txt")):
        answer = (folder / "trimmed" / file.name).read_text("utf-8")
        yield Sample(file.stem, file.read_text("utf-8"), answer)


def outcome(sample: Sample) -> Outcome:
    """Folds one sample and compares line by line."""
    folded = _written(fold_text(sample.text))
    wanted = _written(sample.answer)
    missing = Counter(wanted) - Counter(folded)
    left = Counter(folded) - Counter(wanted)
    return Outcome(sample.name, folded == wanted, bool(missing), bool(left))


def html_outcomes() -> list[Outcome]:
    """Talon's nine HTML replies, which all say the same thing."""
    found = []
    wanted = TALON_ANSWER.split()
    for file in sorted((CASES / "talon/tests/fixtures/html_replies").glob("*")):
        cleaned = clean_html(file.read_text("utf-8", "replace"))
        words = html_to_text(fold_html(cleaned) or cleaned).split()
        lost = bool(Counter(wanted) - Counter(words))
        found.append(Outcome(file.stem, words == wanted, lost, len(words) > len(wanted)))
    return found


def figures() -> Iterator[str]:
    """A line per set, then the samples that are not exact."""
    sets = {
        "trimmer": [outcome(each) for each in trimmer_samples()],
        "our own": [outcome(each) for each in own_samples()],
        "talon HTML": html_outcomes(),
    }
    for name, outcomes in sets.items():
        if not outcomes:
            yield f"quotes, {name}: the set is not beside the checkout"
            continue
        exact = sum(each.exact for each in outcomes)
        eats = sum(each.eats for each in outcomes)
        leaves = sum(each.leaves for each in outcomes)
        yield (
            f"quotes, {name}: {exact} of {len(outcomes)} exact ({exact / len(outcomes):.1%}), "
            f"{eats} lose text, {leaves} leave some of the quote"
        )
        for each in outcomes:
            if not each.exact:
                yield f"    {each.name}{', LOSES TEXT' if each.eats else ''}"


def _written(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    for line in figures():
        print(line)
