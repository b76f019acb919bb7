"""What is asked of Shopify, valid against its Admin schema of VERSION; tests prove that.

A question may cost 1,000 points as asked for: each object is one, times the size of the lists
around it. So orders come ten at a time with the first of their items, and one alone with many.
"""

VERSION = "2026-07"
ORDERS = 10
IN_LIST = {"lines": 5, "parcels": 3, "refunds": 3}
ALONE = {"lines": 100, "parcels": 20, "refunds": 20}

_MONEY = "{ shopMoney { amount currencyCode } }"

_LINE = f"""
fragment line on LineItem {{
  id title variantTitle quantity currentQuantity sku
  discountedUnitPriceSet {_MONEY}
  image {{ url }}
}}
"""

_ORDER = f"""
fragment order on Order {{
  id name email phone note tags customerLocale
  createdAt updatedAt processedAt cancelledAt cancelReason closed
  displayFinancialStatus displayFulfillmentStatus returnStatus
  currentTotalPriceSet {_MONEY}
  customer {{
    id displayName createdAt numberOfOrders
    amountSpent {{ amount currencyCode }}
    defaultEmailAddress {{ emailAddress }}
    defaultPhoneNumber {{ phoneNumber }}
  }}
  shippingAddress {{ ...place }}
  billingAddress {{ ...place }}
  lineItems(first: $lines, after: $line) {{
    nodes {{ ...line }}
    pageInfo {{ hasNextPage endCursor }}
  }}
  fulfillments(first: $parcels) {{
    status displayStatus createdAt inTransitAt deliveredAt estimatedDeliveryAt
    trackingInfo(first: 2) {{ company number url }}
  }}
  refunds(first: $refunds) {{ id createdAt note totalRefundedSet {_MONEY} }}
  returns(first: 2) {{ nodes {{ id name status totalQuantity createdAt }} }}
}}

fragment place on MailingAddress {{
  name company address1 address2 zip city province country phone
}}
{_LINE}"""

ORDER_LIST = f"""
query orders(
  $query: String, $first: Int!, $after: String, $sort: OrderSortKeys, $newest: Boolean,
  $lines: Int!, $line: String, $parcels: Int!, $refunds: Int!
) {{
  orders(query: $query, first: $first, after: $after, sortKey: $sort, reverse: $newest) {{
    nodes {{ ...order }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}
{_ORDER}"""

ONE_ORDER = f"""
query order(
  $id: ID!, $lines: Int!, $line: String, $parcels: Int!, $refunds: Int!
) {{
  order(id: $id) {{ ...order }}
}}
{_ORDER}"""

CUSTOMERS = """
query customers($query: String!, $first: Int!) {
  customers(query: $query, first: $first) {
    nodes { id }
    pageInfo { hasNextPage endCursor }
  }
}
"""

FACTS = """
query facts {
  shop { name currencyCode }
  currentAppInstallation { accessScopes { handle } }
}
"""

DOCUMENTS = (ORDER_LIST, ONE_ORDER, CUSTOMERS, FACTS)
