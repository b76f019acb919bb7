"""Sentences for Problems with the desk's own database: see ``error_texts``."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

STORES: dict[ProblemKind, Texts] = {
    K.DATABASE_UNREACHABLE: texts(
        N("Errors", "The database is away"),
        N("Errors", "The desk's database at {place} cannot be reached."),
        N("Errors", "What is stored there is untouched. Text in open windows is kept."),
        N("Errors", "Check the network and that the database server is running."),
    ),
    K.OUTCOME_UNKNOWN: texts(
        N("Errors", "Not known whether it was written"),
        N("Errors", "The line to the database broke at the last step, and it is still away."),
        N("Errors", "Your text is kept. Nothing is repeated before the database has been asked."),
        N("Errors", "Try again when it is back: deskapp asks first and writes nothing twice."),
    ),
    K.DATABASE_BUSY: texts(
        N("Errors", "The database is busy"),
        N("Errors", "Another program keeps the desk's database locked."),
        N("Errors", "Nothing was changed; your text is kept."),
        N("Errors", "Try again in a moment."),
    ),
    K.DATABASE_DAMAGED: texts(
        N("Errors", "The database is damaged"),
        N("Errors", "The desk at {place} cannot be read correctly: {said}"),
        N("Errors", "deskapp stopped writing to it, so that nothing gets worse."),
        N("Errors", "Restore the last backup, or keep the file and ask for help."),
    ),
}

ABOUT_STORES: dict[tuple[ProblemKind, str], Texts] = {
    (K.DATABASE_UNREACHABLE, "not_written"): texts(
        N("Errors", "Not written"),
        N("Errors", "The line to the database broke before this was written."),
        N("Errors", "Nothing of it was written; your text is kept."),
        N("Errors", "Do it again. If it breaks again, check the network."),
    ),
    (K.DATABASE_UNREACHABLE, "many"): texts(
        N("Errors", "The database takes no more connections"),
        N("Errors", "The database server has as many connections as it allows. It said: {said}"),
        N("Errors", "Nothing was changed; text in open windows is kept."),
        N("Errors", "deskapp tries again. Ask who runs the server to allow more, or use a pooler."),
    ),
    (K.DATABASE_UNREACHABLE, "starting"): texts(
        N("Errors", "The database is starting"),
        N("Errors", "The database server is starting or stopping. It said: {said}"),
        N("Errors", "What is stored there is untouched. Text in open windows is kept."),
        N("Errors", "deskapp tries again by itself."),
    ),
    (K.READ_ONLY, "desk"): texts(
        N("Errors", "The database only reads"),
        N("Errors", "This database server takes no changes now. It said: {said}"),
        N("Errors", "Nothing was changed; reading goes on, and your text is kept."),
        N("Errors", "After a failover this may pass. Else ask who runs the server."),
    ),
}
