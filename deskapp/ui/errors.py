"""Problems as people read them: what happened, what is safe, what to do."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from deskapp.domain.problem import Problem, ProblemKind

from .canned_faults import template_words
from .error_about import ABOUT
from .error_about_assignment import ABOUT_ASSIGNMENT
from .error_about_customers import ABOUT_CUSTOMERS
from .error_about_orders import ABOUT_ORDERS
from .error_about_queries import ABOUT_QUERIES
from .error_about_rights import ABOUT_RIGHTS
from .error_about_sources import ABOUT_SOURCES
from .error_facts import MISSING_FACTS
from .error_stores import ABOUT_STORES, STORES
from .error_texts import CONTEXT, TEXTS

_ENDS = (".", "!", "?", "…", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A Problem in words. ``details`` are the bare facts, for copying to who helps."""

    title: str
    happened: str
    safe: str
    todo: str
    details: str

    def in_one(self) -> str:
        """All sentences in one line, for a banner."""
        return " ".join((self.happened, self.safe, self.todo))


def explain(problem: Problem) -> Explanation:
    """The sentences for a Problem in the language of the windows."""
    about = problem.kind, str(problem.details.get("what"))
    told_of = {**ABOUT, **ABOUT_ORDERS, **ABOUT_CUSTOMERS, **ABOUT_QUERIES, **ABOUT_SOURCES}
    told_of |= ABOUT_STORES | ABOUT_RIGHTS | ABOUT_ASSIGNMENT
    texts = told_of.get(about) or (TEXTS | STORES)[problem.kind]
    facts = {name: _shown(value) for name, value in problem.details.items() if value is not None}
    if problem.kind is ProblemKind.TEMPLATE_ERROR:
        facts["said"] = template_words(problem)
    title, *told = (_fill(_tr(text), facts) for text in texts)
    happened, safe, todo = map(_ended, told)
    return Explanation(title, happened, safe, todo, str(problem))


def show_problem(parent: QWidget | None, problem: Problem) -> None:
    """A dialog for a Problem that stops what the person just asked for."""
    told = explain(problem)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(told.title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(told.happened)
    box.setInformativeText(told.safe + "\n" + told.todo)
    box.setDetailedText(told.details)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.exec()


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


def _shown(value: str | int) -> str:
    return value if isinstance(value, str) else QLocale().toString(value)


def _ended(sentence: str) -> str:
    """With its full stop: one that ends with a fact runs into the next one else."""
    return sentence if not sentence or sentence.endswith(_ENDS) else f"{sentence}."


def _fill(text: str, facts: dict[str, str]) -> str:
    """Puts facts in by replacement: a server's words may hold braces, which format() would read."""
    for name, neutral in MISSING_FACTS.items():
        place = "{" + name + "}"
        if place in text:
            text = text.replace(place, facts.get(name) or _tr(neutral))
    return text
