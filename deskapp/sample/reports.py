"""Delivery reports (RFC 3462 and 3464), as a mail server writes them about a mail of ours."""

from deskapp.sample import mime


def delivery_report(
    text: str, host: str, recipient: str, diagnostic: str, original: bytes, boundary: str
) -> mime.Part:
    """A multipart/report about ``original``, which did not reach ``recipient``."""
    status = (
        f"Reporting-MTA: dns; {host}\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\n"
        f"Original-Recipient: rfc822;{recipient}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n"
        f"Remote-MTA: dns; {host}\r\n"
        f"Diagnostic-Code: {diagnostic}\r\n"
    )
    headers = original.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    parts = [
        mime.text_part(text, "plain", "us-ascii", "7bit"),
        mime.Part(
            ("Content-Description: Delivery report", "Content-Type: message/delivery-status"),
            status.encode(),
        ),
        mime.Part(
            (
                "Content-Description: Undelivered message headers",
                "Content-Type: text/rfc822-headers",
            ),
            headers,
        ),
    ]
    return mime.multipart("report", parts, boundary, "; report-type=delivery-status")
