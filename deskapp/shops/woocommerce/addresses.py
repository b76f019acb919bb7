"""A postal address as WooCommerce keeps it."""

from deskapp.domain.orders import PostalAddress

from ..acting import two_names
from ..answers import Json
from ..countries import country_code
from ..shapes import Shape


def shipping(place: PostalAddress, known: Shape) -> dict[str, Json]:
    """``known`` is the address that stands there now; its name and company stay in their fields
    as long as they read the same."""
    lines = list(place.lines)
    company = lines.pop(0) if len(lines) > 2 or lines[:1] == [known.text("company")] else ""
    first, last = two_names(place.name)
    old = (known.text("first_name"), known.text("last_name"))
    if place.name in (" ".join(filter(None, old)), old[1] + old[0]):
        first, last = old
    return {
        "first_name": first,
        "last_name": last,
        "company": company,
        "address_1": "".join(lines[:1]),
        "address_2": ", ".join(lines[1:]),
        "city": place.city,
        "state": place.province,
        "postcode": place.postcode,
        "country": country_code(place.country),
        "phone": place.phone,
    }
