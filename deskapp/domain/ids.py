"""Names for the numbers that point at rows, so that mypy keeps them apart."""

from typing import NewType

MailboxId = NewType("MailboxId", int)
FolderId = NewType("FolderId", int)
ServerMailId = NewType("ServerMailId", int)
TicketId = NewType("TicketId", int)
MessageId = NewType("MessageId", int)
"""The row of a message on a ticket; the RFC 5322 id is a str and always called ``message_id``."""
AttachmentId = NewType("AttachmentId", int)
CustomerId = NewType("CustomerId", int)
ContactPointId = NewType("ContactPointId", int)
CompanyId = NewType("CompanyId", int)
FieldId = NewType("FieldId", int)
"""A desk's own field of customers."""
AgentId = NewType("AgentId", int)
TeamId = NewType("TeamId", int)
LabelId = NewType("LabelId", int)
TagId = NewType("TagId", int)
MoveId = NewType("MoveId", int)
TagMergeId = NewType("TagMergeId", int)
DraftId = NewType("DraftId", int)
ApprovalId = NewType("ApprovalId", int)
OutboxId = NewType("OutboxId", int)
CannedId = NewType("CannedId", int)
OrderId = NewType("OrderId", int)
OrderSourceId = NewType("OrderSourceId", int)
ReturnId = NewType("ReturnId", int)
OrderFormId = NewType("OrderFormId", int)
OrderActId = NewType("OrderActId", int)
ChangeId = NewType("ChangeId", int)
ActId = NewType("ActId", int)
TakeOverId = NewType("TakeOverId", int)
DepartmentId = NewType("DepartmentId", int)
"""One thing an agent did, as the undo stack keeps it."""

BlobHash = NewType("BlobHash", str)
"""SHA-256 of the uncompressed bytes, lower-case hexadecimal, 64 characters."""
