"""A Problem with who gets a ticket or is away, as a command tells it."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_ASSIGNMENT: dict[tuple[ProblemKind, str], str] = {
    (K.INVALID, "until"): "Nobody can be away until {value}: it has passed, or lies before they "
    "go. Nothing was changed; name a time to come with --until, or leave it out.",
    (K.INVALID, "substitute"): "That agent cannot stand in: it is themselves, somebody who has "
    "left, or somebody whose own substitutes lead back to them. Nothing was changed; name another "
    "with --substitute.",
    (K.INVALID, "lead_only"): "That is a lead's or an admin's to say for others. Nothing was "
    "changed; act as one of them with --as; on a team desk, sign in as one.",
    (K.INVALID, "zone"): "“{value}” is no time zone. Nothing was changed; write it like "
    "Asia/Ho_Chi_Minh or Europe/Berlin.",
    (K.INVALID, "mode"): "“{value}” is no way to give tickets out, or two places are named. "
    "Nothing was changed; use off, round_robin, fewest or as_desk, with --team or --mailbox.",
    (K.CHANGED_MEANWHILE, "assignment"): "Somebody set this rule otherwise; it is “{value}” now. "
    "Nothing was changed; look at `deskapp assignment list`, then set it again if it still fits.",
    (K.CHANGED_MEANWHILE, "auto_reply"): "Somebody set this automatic reply otherwise; it is "
    "“{value}” now. Nothing was changed; do it again if it still fits.",
    (K.CHANGED_MEANWHILE, "act_cap"): "Somebody set this limit otherwise; it is “{value}” now. "
    "Nothing was changed; do it again if it still fits.",
    (K.CHANGED_MEANWHILE, "team_member"): "Somebody put them into another team; it is “{value}” "
    "now. Nothing was changed; do it again if it still fits.",
    (K.CHANGED_MEANWHILE, "field_order"): "Somebody put the fields into another order; it is "
    "“{value}” now. Nothing was changed; do it again if it still fits.",
    (K.CHANGED_MEANWHILE, "mailbox_country"): "Somebody said another country; it is “{value}” "
    "now. Nothing was changed; do it again if it still fits.",
    (K.CHANGED_MEANWHILE, "mapping"): "Somebody kept another mapping under this name; it is "
    "“{value}” now. Nothing was changed or imported; do it again if it still fits, or keep yours "
    "under another name.",
    (K.CHANGED_MEANWHILE, "tag_colour"): "Somebody gave this tag another colour; it is “{value}” "
    "now. Nothing was changed; do it again if it still fits.",
}
