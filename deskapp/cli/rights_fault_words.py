"""A Problem with who may do what on a team desk, as a command tells it."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_RIGHTS: dict[tuple[ProblemKind, str], str] = {
    (K.NOT_ALLOWED, "other_agent"): "On this desk you act as the person you signed in as "
    "({login}), and as nobody else. Nothing was changed; leave --as out, or sign in as the other.",
    (K.NOT_ALLOWED, "no_agent"): "The login {login} is nobody's on this desk (any more). Nothing "
    "was read or changed; ask the desk's owner to add you with `deskapp team-desk add`.",
}
