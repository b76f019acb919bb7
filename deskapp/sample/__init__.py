"""The sample desk that ``deskapp demo`` shows: mail bytes, orders and texts, all written by us."""

from deskapp.sample.build import build_sample
from deskapp.sample.rows import (
    Sample,
    SampleAgent,
    SampleCanned,
    SampleCustomer,
    SampleMail,
    SampleSetting,
    SampleShop,
    SampleSource,
)

__all__ = [
    "Sample",
    "SampleAgent",
    "SampleCanned",
    "SampleCustomer",
    "SampleMail",
    "SampleSetting",
    "SampleShop",
    "SampleSource",
    "build_sample",
]
