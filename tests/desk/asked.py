"""One mail of a customer, with a copy to her boss."""

import pytest

from .ground import Ground
from .letters import letter


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example", cc="Her boss <boss@customer.example>"))
    return ground
