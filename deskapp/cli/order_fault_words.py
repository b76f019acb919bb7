"""What Problems about shops, return cases, order forms and acts mean, for the command line."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_ORDERS: dict[tuple[ProblemKind, str], str] = {
    (
        K.EMPTY,
        "return_about",
    ): "A return case is about an order or stands on a ticket. Nothing was changed. Give --order"
    " or --ticket.",
    (
        K.EMPTY,
        "return_item",
    ): "An item needs a title or an article number. Nothing was changed. Write --item like 2xSKU.",
    (
        K.INVALID,
        "return_line",
    ): "“{value}” is not among what was bought with this order. Nothing was changed. See "
    "`deskapp order find`.",
    (
        K.INVALID,
        "return_pieces",
    ): "“{value}” needs a number of pieces above zero. Nothing was changed. Write --item like "
    "2xSKU.",
    (
        K.INVALID,
        "return_quantity",
    ): "Of “{value}” only {most} can still be returned. Nothing was changed. Lower it, or see "
    "`deskapp return list`.",
    (
        K.INVALID,
        "return_refund",
    ): "“{value}” is no amount that can be given back. Nothing was changed. Write it like 49.90.",
    (K.EMPTY, "return_refund"): "A refund needs its amount. Nothing was changed. Give --refund.",
    (
        K.INVALID,
        "return_currency",
    ): "The order was paid in {currency}, not in {value}. Nothing was changed. Give --currency "
    "{currency}.",
    (
        K.EMPTY,
        "return_currency",
    ): "The order names no currency. Nothing was changed. Give --currency.",
    (
        K.INVALID,
        "return_over_paid",
    ): "Of this order {most} {currency} can still be given back, not {value}. Nothing was "
    "changed. Lower it, or say --more-than-paid.",
    (
        K.INVALID,
        "return_state",
    ): "From where the case is, it cannot become “{value}”. Nothing was changed. See `deskapp "
    "return show`.",
    (
        K.INVALID,
        "return_days",
    ): "“{value}” is no number of days from 1 to 365. Nothing was changed. Correct it.",
    (
        K.INVALID,
        "return_day",
    ): "“{value}” is no date. Nothing was changed. Write it like 2026-12-01, or none.",
    (
        K.INVALID,
        "return_condition",
    ): "“{value}” is no word for how a piece is. Nothing was changed. Name unopened, opened, "
    "used, damaged or incomplete.",
    (
        K.CHANGED_MEANWHILE,
        "return",
    ): "A colleague changed this return case after you opened it. Their change stands; what you "
    "wrote is still here. Look with `deskapp return show`, then do it again.",
    (
        K.TOO_LATE,
        "return",
    ): "The last step of this case is not yours, or was taken back already. Nothing was changed."
    " See `deskapp return show`.",
    (
        K.INVALID,
        "admin_only",
    ): "Only an admin may change this. Nothing was changed. Act as an admin with --as; on a team "
    "desk, sign in as one.",
    (
        K.INVALID,
        "nobody_acts",
    ): "This is only done under somebody's name, and nobody at work is named here. Nothing was "
    "changed. Say who you are with --as; a machine's login is nobody.",
    (K.EMPTY, "form_items"): "The form names no item. Nothing was changed. Add --item.",
    (
        K.INVALID,
        "form_item",
    ): "“{value}” needs a name, a number above zero, and a price that is a number or nothing. "
    "Nothing was changed. Correct it.",
    (
        K.TOO_LATE,
        "form",
    ): "The form was asked for, done or dropped already. Nothing was changed. See `deskapp "
    "ticket show`.",
    (
        K.CHANGED_MEANWHILE,
        "form",
    ): "A colleague changed this form after you opened it. Their change stands; what you wrote "
    "is still here. Look at it, then do it again.",
    (
        K.INVALID,
        "act_off",
    ): "Nobody may do this in the shop from here: an admin has not switched it on. Nothing was "
    "changed. An admin switches it on with `deskapp order act allow`.",
    (
        K.INVALID,
        "act_source",
    ): "“{value}” is no shop that can be written to. Nothing was changed. Use the order form.",
    (
        K.DUPLICATE,
        "order_act",
    ): "Something else was begun for this order and is not settled yet. Nothing was changed, and"
    " nothing was sent. See `deskapp order act list`.",
    (
        K.INVALID,
        "act_no_cap",
    ): "For your role no limit is set in {currency}, so nothing may be moved in it. Nothing was "
    "changed, and nothing was sent. An admin sets one with `deskapp order act limit`.",
    (
        K.INVALID,
        "act_cap",
    ): "{value} {currency} is more than the {most} {currency} that your role may move. Nothing "
    "was changed, and nothing was sent. Ask somebody whose limit is higher.",
    (
        K.INVALID,
        "act_cap_sum",
    ): "With the {before} {currency} moved for this order before, {value} {currency} is more than "
    "the {most} {currency} that your role may move. Nothing was changed, and nothing was sent. Ask "
    "somebody whose limit is higher.",
    (
        K.INVALID,
        "refund_positive",
    ): "“{value}” is no amount of money that can be given back. Nothing was changed, and nothing "
    "was sent.",
    (
        K.INVALID,
        "act_typed",
    ): "“{value}” is neither the order's number nor the amount. Nothing was sent. Give --type "
    "with one of the two.",
    (
        K.INVALID,
        "act_own",
    ): "Who asks for something above the limit cannot approve it too. Nothing was sent. A "
    "colleague has to look at it.",
    (
        K.INVALID,
        "act_amount",
    ): "The shop does not say how much this would move, so no limit can be held. Nothing was "
    "sent. Do it in the shop itself.",
    (
        K.TOO_LATE,
        "order_act",
    ): "It is not where this can be done any more. Nothing was changed. See `deskapp order act "
    "list --all`.",
    (
        K.CHANGED_MEANWHILE,
        "order_act",
    ): "A colleague went on with this after you opened it. Nothing of yours was sent. See "
    "`deskapp order act show`.",
    (
        K.EMPTY,
        "act_words",
    ): "It is written down who settled this by hand, and why. Nothing was changed. Give --words.",
    (
        K.CHANGED_MEANWHILE,
        "order",
    ): "The order changed in the shop after you looked at it. Nothing was done there. Look at "
    "it, then do it again.",
    (
        K.TOO_LATE,
        "order_cancelled",
    ): "The order is cancelled in the shop already. Nothing was done there. Nothing is left to do.",
    (
        K.TOO_LATE,
        "order_shipped",
    ): "Something of the order has been sent already. Nothing was done there. Open a return "
    "instead.",
    (
        K.TOO_LATE,
        "order_refunded",
    ): "Nothing of the order is paid and not yet given back. Nothing was done there. Look at the "
    "order's refunds.",
    (
        K.INVALID,
        "refund_amount",
    ): "The shop can give back up to {most} {currency}, and no part of a coin. Nothing was done "
    "there. Correct the amount.",
    (
        K.INVALID,
        "refund_currency",
    ): "The shop gives back in {currency} only. Nothing was done there. Use that currency.",
    (
        K.INVALID,
        "refund_through",
    ): "The shop cannot give this back through the payment itself. Nothing was done there. Book "
    "it only, and pay the customer another way.",
    (
        K.INVALID,
        "refund_booked",
    ): "The shop cannot only book this refund. Nothing was done there. Give it back through the "
    "payment.",
    (
        K.INVALID,
        "pieces",
    ): "“{value}” is not a number of pieces that the shop has for this. Nothing was done there. "
    "Correct the number.",
    (
        K.INVALID,
        "sku",
    ): "The shop has no article “{value}”. Nothing was done there. Correct the article number.",
    (
        K.INVALID,
        "country",
    ): "The shop does not know the country “{value}”. Nothing was done there. Write its two "
    "letters, like VN.",
    (
        K.INVALID,
        "exchange",
    ): "This shop cannot note what is sent instead. Nothing was done there. Leave it out.",
    (K.OFFLINE, "shop"): "{host} cannot be reached ({said}). Orders already here stay; check the "
    "network and the shop's address, then try again.",
    (K.SIGN_IN_REFUSED, "shop"): "{host} refused the key ({said}). Orders already here stay; enter "
    "the key anew.",
    (K.SIGN_IN_REFUSED, "bearer"): "{host} refused the token ({said}). It is wrong, or lacks that "
    "right, or the shop takes no token alone; enter the integration's four keys instead.",
    (K.TLS_UNTRUSTED, "shop"): "{host} showed a certificate that this computer does not trust "
    "({said}). No key was sent; check the address, or ask who runs the shop to renew it.",
    (K.TLS_UNAVAILABLE, "shop"): "{host} does not offer the protection (TLS) that a key needs. No "
    "key was sent; check the shop's address.",
    (K.TOO_LARGE, "shop_answer"): "{host} answered with more than {limit} bytes, and the rest was "
    "not read. Nothing was changed; ask for fewer orders at once.",
    (K.PLAIN_NOT_LOOPBACK, "shop"): "A shop is asked over https only; plain http is for this "
    "computer alone. No key was sent; write {host} with https://.",
    (K.NOT_FOUND, "shop"): "There is no such shop at {host}. Nothing was changed; check the "
    "address.",
    (K.NOT_FOUND, "shop_path"): "{host} knows nothing of {value}. Nothing was changed; check the "
    "shop's address, and that its interface for programs is switched on.",
    (K.INVALID, "shop_address"): "“{value}” is no address of a shop. Nothing was changed; write it "
    "like https://shop.example.",
    (
        K.TOO_LATE,
        "order_final",
    ): "The order has come too far for that in the shop. Nothing was done there. "
    "Do it in the shop, or open a return.",
    (
        K.INVALID,
        "refund_rounding",
    ): "The shop reckons in another currency and would miss this amount by a coin. Nothing was "
    "done there. Give whole items back, or change the amount a little.",
    (K.TOO_LARGE, "order_note"): "The shop takes notes of up to {limit} characters. Nothing was "
    "done there. Shorten it.",
    (K.INVALID, "act_kind"): "This shop does not let programs do that. Nothing was done there. "
    "Do it in the shop itself, or use the order form.",
    (
        K.INVALID,
        "cap",
    ): "“{value}” is no limit: two amounts, the second not above the first. Nothing was changed. "
    "Correct it.",
}
