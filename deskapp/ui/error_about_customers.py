"""Sentences for Problems about customers, companies and a desk's own fields."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind
_LEFT = N("Errors", "Nothing was changed.")
_MISFIT = N("Errors", "That does not fit")

ABOUT_CUSTOMERS: dict[tuple[ProblemKind, str], Texts] = {
    (K.INVALID, "postal"): texts(
        N("Errors", "No postal address"),
        N("Errors", "“{value}” is no postal address."),
        _LEFT,
        N("Errors", "Write street and town, each on its line."),
    ),
    (K.INVALID, "field_text"): texts(
        _MISFIT,
        N("Errors", "The text for “{name}” is too long."),
        _LEFT,
        N("Errors", "Shorten it."),
    ),
    (K.INVALID, "field_number"): texts(
        _MISFIT,
        N("Errors", "“{value}” is no number, as “{name}” asks for."),
        _LEFT,
        N("Errors", "Write it like 1234.5."),
    ),
    (K.INVALID, "field_day"): texts(
        _MISFIT,
        N("Errors", "“{value}” is no day, as “{name}” asks for."),
        _LEFT,
        N("Errors", "Write it like 2026-11-22."),
    ),
    (K.INVALID, "field_choice"): texts(
        _MISFIT,
        N("Errors", "“{value}” is none of the choices of “{name}”."),
        _LEFT,
        N("Errors", "Choose one of the list."),
    ),
    (K.INVALID, "field_yes_no"): texts(
        _MISFIT,
        N("Errors", "“{value}” is neither yes nor no, as “{name}” asks for."),
        _LEFT,
        N("Errors", "Choose yes or no."),
    ),
    (K.INVALID, "field_link"): texts(
        _MISFIT,
        N("Errors", "“{value}” is no web address, as “{name}” asks for."),
        _LEFT,
        N("Errors", "Write it like https://shop.example/page."),
    ),
    (K.EMPTY, "choices"): texts(
        N("Errors", "Choices are missing"),
        N("Errors", "A field to choose from needs choices."),
        _LEFT,
        N("Errors", "Write one on each line."),
    ),
    (K.INVALID, "country_code"): texts(
        N("Errors", "No country"),
        N("Errors", "“{value}” is no country in two letters."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write it like VN."),
    ),
    (K.INVALID, "company_domain"): texts(
        N("Errors", "Not a company's domain"),
        N("Errors", "Anybody can have an address at “{value}”: it says nothing of a company."),
        _LEFT,
        N("Errors", "Name the company's own domain."),
    ),
    (K.DUPLICATE, "company_domain"): texts(
        N("Errors", "Another company's domain"),
        N("Errors", "“{value}” belongs to another company."),
        _LEFT,
        N("Errors", "Take it off there first."),
    ),
}
