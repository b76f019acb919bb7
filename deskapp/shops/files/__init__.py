"""Orders out of files: CSV, TSV and xlsx of any shop, read whole before anything is stored."""

from .columns import PROFILES, detect_profile, suggest_mapping
from .folder import OrderFolder
from .reading import preview_orders, read_orders
from .source import OrderFile
from .table import Table, read_table

__all__ = [
    "PROFILES",
    "OrderFile",
    "OrderFolder",
    "Table",
    "detect_profile",
    "preview_orders",
    "read_orders",
    "read_table",
    "suggest_mapping",
]
