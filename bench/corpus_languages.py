"""The language of short texts such as customers write, on a set of our own.

A wrong answer is worse than none: without one, the customer's known language stands.
"""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from deskapp.mail.parse.language import language_of

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "mail" / "parse" / "samples"


def samples(file: Path) -> list[tuple[str, str]]:
    """(language, text) pairs: "## tag" opens a language, "## unknown" is one without."""
    language, found = "", []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("## "):
            language = "" if line[3:] == "unknown" else line[3:]
        elif line:
            found.append((language, line))
    return found


def figures() -> Iterator[str]:
    """A line per file, then what went wrong."""
    for file in sorted(SAMPLES.glob("*.txt")):
        pairs = samples(file)
        language_of("The model is loaded by the first text that needs it.")
        begin = time.perf_counter()
        answers = [language_of(text) for _, text in pairs]
        spent = (time.perf_counter() - begin) / len(pairs) * 1000
        outcomes = Counter(
            "right" if answer == wanted else "unknown" if not answer else "wrong"
            for (wanted, _), answer in zip(pairs, answers, strict=True)
        )
        yield (
            f"language, {file.stem}: {outcomes['right']} of {len(pairs)} right "
            f"({outcomes['right'] / len(pairs):.1%}), {outcomes['unknown']} left unknown, "
            f"{outcomes['wrong']} wrong, {len({wanted for wanted, _ in pairs} - {''})} languages, "
            f"{spent:.3f} ms each"
        )
        for (wanted, text), answer in zip(pairs, answers, strict=True):
            if answer != wanted:
                yield f"    {wanted or 'unknown'}, taken for {answer or 'unknown'}: {text}"


if __name__ == "__main__":
    for line in figures():
        print(line)
