"""Sentences for Problems about order sources."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_SOURCES: dict[tuple[ProblemKind, str], str] = {
    (K.NO_SECRET, "order_source"): "The key for {value} is not on this computer. Orders already "
    "here stay; give it with `deskapp order source set … --password-stdin`.",
    (K.EMPTY, "secret"): "The secret lacks its part “{value}”. Nothing was changed; give each part "
    "on a line of its own, as `deskapp order source add --help` lists them.",
    (K.EMPTY, "order_source"): "A source of orders needs a name. Nothing was changed.",
    (K.EMPTY, "order_folder"): "No folder is named. Nothing was changed; give it with --address.",
    (K.EMPTY, "order_query"): "A database is asked with a query of yours. Nothing was changed; "
    "name a file that holds it with --query-file.",
    (K.INVALID, "sign_in"): "This kind of source has no sign-in “{value}”. Nothing was changed; "
    "see `deskapp order source add --help`.",
    (K.INVALID, "every"): "“{value}” is not a number of minutes between 1 and 1440. Nothing was "
    "changed.",
    (K.INVALID, "number_pattern"): "“{value}” is no pattern of order numbers. Nothing was changed; "
    "use letters, digits, signs, \\d, [A-Z], {4,6}, ? + and |, and no groups.",
    (K.NOT_FOUND, "order_source"): "There is no order source {value}. Nothing was changed; see "
    "`deskapp order source list`.",
    (K.DUPLICATE, "order_source"): "There is an order source “{value}” already. Nothing was "
    "changed; use it, or choose another name.",
    (K.CHANGED_MEANWHILE, "order_source"): "Another program reads this source too, and has gone "
    "on meanwhile. Nothing is lost; run it again.",
    (K.LEASE_HELD, "order_source"): "An engine reads {value} right now, on this computer or "
    "another. Nothing is read twice; look again in a moment.",
    (K.INVALID, "order_source"): "The orders of this source come from a file. Nothing was asked; "
    "import it with `deskapp order import`.",
}
