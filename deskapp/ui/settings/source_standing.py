"""What the fields of an order source show of its settings."""

from PySide6.QtWidgets import QWidget

from deskapp.domain.order_sources import SourceSettings

from .source_columns import columns_text
from .source_fields import SourceFields


def standing(at: SourceFields, settings: SourceSettings) -> dict[QWidget, object]:
    """Of the fields that its kind has, as ``form_values.value`` gives it."""
    if at.profile.findText(settings.profile) < 0 and settings.profile:
        at.profile.addItem(settings.profile, settings.profile)
    shown: dict[QWidget, object] = {
        at.name: settings.name,
        at.address: settings.address,
        at.sign_in: settings.sign_in,
        at.query: settings.query,
        at.line_query: settings.line_query,
        at.columns.edit: columns_text(settings.mapping),
        at.line_columns.edit: columns_text(settings.line_mapping),
        at.authority: settings.authority,
        at.profile: settings.profile,
        at.zone: settings.zone,
        at.currency: settings.currency,
        at.in_query: settings.keys_in_query,
        at.plain: settings.plain_allowed,
        at.own_network: settings.own_network,
        at.every: str(settings.every),
        at.pattern.line: settings.number_pattern,
    }
    return {field: value for field, value in shown.items() if at.isAncestorOf(field)}
