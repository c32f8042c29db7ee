"""What people say about how their files are to be read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsisctl.readers.dialect import ReadAs


def read_as(
    encoding: str | None, delimiter: str | None, sheet: str | None, header_row: int | None
) -> "ReadAs":
    """From the options; raises UsageError for an encoding or a delimiter that nobody knows."""
    from wsisctl.readers.delimiter import asked_delimiter
    from wsisctl.readers.dialect import ReadAs
    from wsisctl.readers.encoding import asked_encoding

    return ReadAs(
        asked_encoding(encoding) if encoding is not None else "",
        asked_delimiter(delimiter) if delimiter is not None else "",
        sheet or "",
        header_row or 0,
    )
