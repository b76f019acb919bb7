"""What is asked of Shopify to change an order, valid against its Admin schema of VERSION.

An act is proved by a metafield of our own beside what it changed, or by its signature in a note
that only staff read: an idempotency key cannot be read back.
"""

NAMESPACE = "deskapp"
REFUNDS = 100
RETURNS = 20
DRAFTS = 50

_PAID = "{ presentmentMoney { amount currencyCode } }"

STANDING = """
query standing($id: ID!, $key: String!) {
  order(id: $id) {
    id updatedAt cancelledAt displayFulfillmentStatus
    cancellation { staffNote }
    shippingAddress {
      name firstName lastName company province provinceCode country countryCodeV2
    }
    proof: metafield(namespace: "deskapp", key: $key) { value }
  }
}
"""

UPDATE = """
mutation update($input: OrderInput!) {
  orderUpdate(input: $input) {
    order { id updatedAt }
    userErrors { field message }
  }
}
"""

CANCEL = """
mutation cancel(
  $id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notify: Boolean!,
  $refund: OrderCancelRefundMethodInput!, $note: String!
) {
  orderCancel(
    orderId: $id, reason: $reason, restock: $restock, notifyCustomer: $notify,
    refundMethod: $refund, staffNote: $note
  ) {
    job { id done }
    orderCancelUserErrors { code field message }
  }
}
"""

JOB = """
query job($id: ID!) {
  job(id: $id) { id done }
}
"""

SUGGESTED = f"""
query suggested($id: ID!, $lines: [RefundLineItemInput!], $all: Boolean!) {{
  order(id: $id) {{
    id updatedAt refundable currencyCode presentmentCurrencyCode
    suggestedRefund(refundLineItems: $lines, suggestFullRefund: $all) {{
      amountSet {_PAID}
      maximumRefundableSet {_PAID}
      refundLineItems {{ quantity lineItem {{ id unfulfilledQuantity }} location {{ id }} }}
      suggestedTransactions {{
        gateway
        maximumRefundableSet {_PAID}
        parentTransaction {{ id manualPaymentGateway }}
      }}
    }}
  }}
}}
"""

_REFUND = f"""
fragment refund on Refund {{
  id note totalRefundedSet {_PAID}
  transactions(first: 3) {{ nodes {{ status }} }}
}}
"""

REFUND = f"""
mutation refund($input: RefundInput!, $key: String!) {{
  refundCreate(input: $input) @idempotent(key: $key) {{
    refund {{ ...refund }}
    userErrors {{ field message }}
  }}
}}
{_REFUND}"""

REFUNDED = f"""
query refunded($id: ID!, $first: Int!) {{
  order(id: $id) {{ id refunds(first: $first) {{ ...refund }} }}
}}
{_REFUND}"""

RETURNABLE = """
query returnable($id: ID!) {
  order(id: $id) { id updatedAt }
  returnableFulfillments(orderId: $id, first: 5) {
    nodes {
      returnableFulfillmentLineItems(first: 30) {
        nodes { quantity fulfillmentLineItem { id lineItem { id } } }
      }
    }
  }
  returnReasonDefinitions(first: 2, handles: ["other", "unknown"]) { nodes { id } }
}
"""

CALCULATED_RETURN = f"""
query calculated($input: CalculateReturnInput!) {{
  returnCalculate(input: $input) {{
    returnLineItems {{ subtotalSet {_PAID} totalTaxSet {_PAID} }}
    exchangeLineItems {{ subtotalSet {_PAID} totalTaxSet {_PAID} }}
  }}
}}
"""

RETURN = """
mutation return($input: ReturnInput!) {
  returnCreate(returnInput: $input) {
    return { id name status }
    userErrors { code field message }
  }
}
"""

RETURNED = """
query returned($id: ID!, $first: Int!) {
  order(id: $id) {
    id
    returns(first: $first, reverse: true) {
      nodes {
        id name status
        returnLineItems(first: 5) { nodes { returnReasonNote } }
      }
      pageInfo { hasNextPage }
    }
  }
}
"""

VARIANTS = """
query variants($query: String!, $first: Int!) {
  productVariants(first: $first, query: $query) { nodes { id sku } }
}
"""

CALCULATED_DRAFT = f"""
mutation calculated($input: DraftOrderInput!) {{
  draftOrderCalculate(input: $input) {{
    calculatedDraftOrder {{ totalPriceSet {_PAID} }}
    userErrors {{ field message }}
  }}
}}
"""

DRAFT = f"""
mutation draft($input: DraftOrderInput!) {{
  draftOrderCreate(input: $input) {{
    draftOrder {{ id invoiceUrl totalPriceSet {_PAID} }}
    userErrors {{ field message }}
  }}
}}
"""

INVOICE = """
mutation invoice($id: ID!) {
  draftOrderInvoiceSend(id: $id) {
    draftOrder { id invoiceUrl invoiceSentAt }
    userErrors { field message }
  }
}
"""

DRAFTED = f"""
query drafted($first: Int!, $after: String, $key: String!) {{
  draftOrders(first: $first, after: $after, sortKey: ID, reverse: true) {{
    nodes {{
      id createdAt invoiceUrl invoiceSentAt totalPriceSet {_PAID}
      proof: metafield(namespace: "deskapp", key: $key) {{ value }}
    }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}
"""

ACT_DOCUMENTS = (
    *(STANDING, UPDATE, CANCEL, JOB, SUGGESTED, REFUND, REFUNDED, RETURNABLE, CALCULATED_RETURN),
    *(RETURN, RETURNED, VARIANTS, CALCULATED_DRAFT, DRAFT, INVOICE, DRAFTED),
)
