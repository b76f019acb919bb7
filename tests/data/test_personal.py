"""What is a customer's is written down in one list, and no table is forgotten there."""

from deskapp.data.tables import metadata
from deskapp.data.tables.personal import DERIVED, PERSONAL, WITNESSES


def test_every_column_that_names_a_customer_is_in_the_list() -> None:
    pointing = {
        str(column)
        for table in metadata.tables.values()
        for column in table.c
        for key in column.foreign_keys
        if key.target_fullname == "customer.id"
    }
    assert {str(one.owner) for one in (*PERSONAL, *WITNESSES, *DERIVED)} == pointing
