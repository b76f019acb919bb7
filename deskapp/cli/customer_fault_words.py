"""What Problems about customers' records mean, for the command line."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_CUSTOMERS: dict[tuple[ProblemKind, str], str] = {
    (K.TOO_LATE, "erase"): "Something must be settled first ({said}). Nothing was erased. See "
    "what with `deskapp customer erase ID`, settle it, then do it again.",
    (K.CHANGED_MEANWHILE, "erase"): "There is something new of this customer since it was looked "
    "at. Nothing was erased. Look again, then do it again.",
    (K.EMPTY, "reason"): "A hold needs its reason. Nothing was changed. Give --reason.",
    (K.NOT_FOUND, "hold"): "Nothing holds this customer. Nothing was changed.",
}
