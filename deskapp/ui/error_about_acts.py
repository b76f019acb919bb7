"""Sentences for Problems about acts in shops."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

ABOUT_ACTS: dict[tuple[ProblemKind, str], Texts] = {
    (K.INVALID, "act_off"): texts(
        N("Errors", "Switched off"),
        N("Errors", "Nobody may do this in the shop from here: an admin has not switched it on."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask an admin (Settings, Acts in shops), or use the order form."),
    ),
    (K.INVALID, "act_source"): texts(
        N("Errors", "Not from here"),
        N("Errors", "“{value}” is no shop that can be written to."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Use the order form."),
    ),
    (K.DUPLICATE, "order_act"): texts(
        N("Errors", "One thing at a time"),
        N("Errors", "Something else was begun for this order and is not settled yet."),
        N("Errors", "Nothing was changed, and nothing was sent."),
        N("Errors", "Open it and settle it first."),
    ),
    (K.INVALID, "act_no_cap"): texts(
        N("Errors", "No limit is set"),
        N("Errors", "For your role no limit is set in {currency}, so nothing may be moved in it."),
        N("Errors", "Nothing was changed, and nothing was sent."),
        N("Errors", "Ask an admin to set one (Settings, Acts in shops)."),
    ),
    (K.INVALID, "act_cap"): texts(
        N("Errors", "Above your limit"),
        N(
            "Errors",
            "{value} {currency} is more than the {most} {currency} that your role may move.",
        ),
        N("Errors", "Nothing was changed, and nothing was sent."),
        N("Errors", "Ask somebody whose limit is higher."),
    ),
    (K.INVALID, "act_cap_sum"): texts(
        N("Errors", "Above your limit"),
        N(
            "Errors",
            "With the {before} {currency} moved for this order before, {value} {currency} is more "
            "than the {most} {currency} that your role may move.",
        ),
        N("Errors", "Nothing was changed, and nothing was sent."),
        N("Errors", "Ask somebody whose limit is higher."),
    ),
    (K.INVALID, "act_typed"): texts(
        N("Errors", "That is not it"),
        N("Errors", "“{value}” is neither the order's number nor the amount."),
        N("Errors", "Nothing was sent."),
        N("Errors", "Type one of the two as it stands above."),
    ),
    (K.INVALID, "act_own"): texts(
        N("Errors", "Not your own"),
        N("Errors", "Who asks for something above the limit cannot approve it too."),
        N("Errors", "Nothing was sent."),
        N("Errors", "A colleague has to look at it."),
    ),
    (K.INVALID, "act_amount"): texts(
        N("Errors", "The amount is not known"),
        N("Errors", "The shop does not say how much this would move, so no limit can be held."),
        N("Errors", "Nothing was sent."),
        N("Errors", "Do it in the shop itself."),
    ),
    (K.TOO_LATE, "order_act"): texts(
        N("Errors", "This has gone on"),
        N("Errors", "It is not where this can be done any more."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Look at how it stands now."),
    ),
    (K.CHANGED_MEANWHILE, "order_act"): texts(
        N("Errors", "Changed meanwhile"),
        N("Errors", "A colleague went on with this after you opened it."),
        N("Errors", "Nothing of yours was sent."),
        N("Errors", "Look at how it stands now."),
    ),
    (K.EMPTY, "act_words"): texts(
        N("Errors", "In a few words"),
        N("Errors", "It is written down who settled this by hand, and why."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Say what you saw in the shop."),
    ),
    (K.CHANGED_MEANWHILE, "order"): texts(
        N("Errors", "The order has changed"),
        N("Errors", "The order changed in the shop after you looked at it."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Look at what is new, then do it again."),
    ),
    (K.TOO_LATE, "order_cancelled"): texts(
        N("Errors", "Cancelled already"),
        N("Errors", "The order is cancelled in the shop already."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Nothing is left to do."),
    ),
    (K.TOO_LATE, "order_shipped"): texts(
        N("Errors", "It has left"),
        N("Errors", "Something of the order has been sent already."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Open a return instead."),
    ),
    (K.TOO_LATE, "order_refunded"): texts(
        N("Errors", "Nothing to give back"),
        N("Errors", "Nothing of the order is paid and not yet given back."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Look at the order's refunds."),
    ),
    (K.INVALID, "refund_positive"): texts(
        N("Errors", "Not this amount"),
        N("Errors", "“{value}” is no amount of money that can be given back."),
        N("Errors", "Nothing was changed, and nothing was sent."),
        N("Errors", "Correct the amount."),
    ),
    (K.INVALID, "refund_amount"): texts(
        N("Errors", "Not this amount"),
        N("Errors", "The shop can give back up to {most} {currency}, and no part of a coin."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Correct the amount."),
    ),
    (K.INVALID, "refund_currency"): texts(
        N("Errors", "Another currency"),
        N("Errors", "The shop gives back in {currency} only."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Use that currency."),
    ),
    (K.INVALID, "refund_through"): texts(
        N("Errors", "Not through the payment"),
        N("Errors", "The shop cannot give this back through the payment itself."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Book it only, and pay the customer another way."),
    ),
    (K.INVALID, "refund_booked"): texts(
        N("Errors", "Not only booked"),
        N("Errors", "The shop cannot only book this refund."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Give it back through the payment."),
    ),
    (K.INVALID, "pieces"): texts(
        N("Errors", "Not so many pieces"),
        N("Errors", "“{value}” is not a number of pieces that the shop has for this."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Correct the number."),
    ),
    (K.INVALID, "sku"): texts(
        N("Errors", "Not in the shop"),
        N("Errors", "The shop has no article “{value}”."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Correct the article number."),
    ),
    (K.INVALID, "country"): texts(
        N("Errors", "No country"),
        N("Errors", "The shop does not know the country “{value}”."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Write its two letters, like VN."),
    ),
    (K.INVALID, "exchange"): texts(
        N("Errors", "No exchange here"),
        N("Errors", "This shop cannot note what is sent instead."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Open the return without it, and write it into the note."),
    ),
    (K.TOO_LATE, "order_final"): texts(
        N("Errors", "Too late for that"),
        N("Errors", "The order has come too far for that in the shop."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Do it in the shop, or open a return."),
    ),
    (K.INVALID, "refund_rounding"): texts(
        N("Errors", "Not exactly this amount"),
        N("Errors", "The shop reckons in another currency and would miss this amount by a coin."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Give whole items back, or change the amount a little."),
    ),
    (K.TOO_LARGE, "order_note"): texts(
        N("Errors", "A long note"),
        N("Errors", "The note is longer than the shop takes."),
        N("Errors", "Nothing was done there; your text is kept."),
        N("Errors", "Shorten it."),
    ),
    (K.INVALID, "act_kind"): texts(
        N("Errors", "Not in this shop"),
        N("Errors", "This shop does not let programs do that."),
        N("Errors", "Nothing was done there."),
        N("Errors", "Do it in the shop itself, or use the order form."),
    ),
    (K.INVALID, "cap"): texts(
        N("Errors", "No limit"),
        N("Errors", "“{value}” is no limit: two amounts, the second not above the first."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Correct it."),
    ),
}
