"""What we ask of Shopify is valid against the whole schema that the vendor publishes."""

import gzip
import json
import os
from pathlib import Path

import pytest

from deskapp.shops.shopify.act_documents import ACT_DOCUMENTS
from deskapp.shops.shopify.documents import DOCUMENTS, VERSION

ql = pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")
FOLDER = "DESKAPP_SHOPIFY_SCHEMAS"


def test_every_document_is_valid_and_asks_for_nothing_deprecated() -> None:
    """The folder is dist/data of the unpacked npm package @shopify/dev-mcp (1.16.0 or later)."""
    folder = os.environ.get(FOLDER)
    if not folder:
        pytest.skip(f"{FOLDER} names no folder with the vendor's schemas")
    packed = (Path(folder) / f"admin_{VERSION}.json.gz").read_bytes()
    told = json.loads(gzip.decompress(packed))
    schema = ql.build_client_schema(told.get("data", told), assume_valid=True)
    rules = [*ql.specified_rules, ql.validation.NoDeprecatedCustomRule]
    for document in (*DOCUMENTS, *ACT_DOCUMENTS):
        assert ql.validate(schema, ql.parse(document), rules) == []
