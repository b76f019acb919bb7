"""What Problems about customers, companies and a desk's own fields mean, for the command line."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind
_LEFT = "Nothing was changed."

ABOUT_CUSTOMERS: dict[tuple[ProblemKind, str], str] = {
    (K.INVALID, "postal"): f"“{{value}}” is no postal address. {_LEFT} Write street and town.",
    (K.INVALID, "field_text"): f"The text for “{{name}}” is too long. {_LEFT} Shorten it.",
    (K.INVALID, "field_number"): f"“{{value}}” is no number, as “{{name}}” asks for. {_LEFT} "
    "Write it like 1234.5.",
    (K.INVALID, "field_day"): f"“{{value}}” is no day, as “{{name}}” asks for. {_LEFT} Write it "
    "like 2026-11-22.",
    (K.INVALID, "field_choice"): f"“{{value}}” is none of the choices of “{{name}}”. {_LEFT} "
    "`deskapp field list --json` has them.",
    (K.INVALID, "field_yes_no"): f"“{{value}}” is neither yes nor no, as “{{name}}” asks for. "
    f"{_LEFT} Write yes or no.",
    (K.INVALID, "field_link"): f"“{{value}}” is no web address, as “{{name}}” asks for. {_LEFT} "
    "Write it like https://shop.example/page.",
    (K.INVALID, "country_code"): f"“{{value}}” is no country in two letters. {_LEFT} Write it "
    "like VN.",
    (K.EMPTY, "choices"): f"A field to choose from needs choices. {_LEFT} Give --choice for each.",
    (K.INVALID, "company_domain"): f"“{{value}}” is no domain of one company: anybody can have an "
    f"address there. {_LEFT} Name the company's own domain.",
    (K.DUPLICATE, "company_domain"): f"“{{value}}” belongs to company {{company}}. {_LEFT}",
    (K.DUPLICATE, "contact"): f"“{{value}}” belongs to customer {{customer}} already. {_LEFT} "
    "Look at them with `deskapp customer show`, or merge the two.",
    (K.CHANGED_MEANWHILE, "contact"): f"Somebody changed this contact; it says “{{value}}” now. "
    f"{_LEFT} Do it again if it still fits.",
    (K.TOO_LATE, "erase"): "Something must be settled first ({said}). Nothing was erased. See "
    "what with `deskapp customer erase ID`, settle it, then do it again.",
    (K.CHANGED_MEANWHILE, "erase"): "There is something new of this customer since it was looked "
    "at. Nothing was erased. Look again, then do it again.",
    (K.TOO_LATE, "customer_merge"): "This merge is older than 30 days and stays. Nothing was "
    "changed. Make a new record for the other person and move what is theirs.",
    (K.INVALID, "take"): "“{value}” is no field of these records with another value. Nothing was "
    "changed. Write --take FIELD=B, or --take FIELD=TEXT.",
    (K.EMPTY, "reason"): "A hold needs its reason. Nothing was changed. Give --reason.",
    (K.NOT_FOUND, "hold"): "Nothing holds this customer. Nothing was changed.",
}
