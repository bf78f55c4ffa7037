"""Claims as Parquet: the columns of the CSV with their types, and the words as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from claimex.errors import MissingExtraError
from claimex.export.columns import Column, fitting, flat_columns
from claimex.export.source import Source
from claimex.flat import column_name, listed, value_at
from claimex.wording import Claim

if TYPE_CHECKING:
    import pyarrow

ROWS_AT_ONCE = 10_000


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the claims. Raises MissingExtraError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow, which is not installed; install it with: pip install 'claimex[parquet]'"
        ) from error
    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    columns = flat_columns()
    schema = pa.schema([(column_name(column.path), types[column.type]) for column in columns])
    claims = iter(source.claims)
    with pq.ParquetWriter(handle, schema) as writer:
        while rows := list(islice(claims, ROWS_AT_ONCE)):
            writer.write_batch(_batch(rows, columns, schema))


def _batch(claims: Sequence[Claim], columns: Sequence[Column], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    import pyarrow as pa

    arrays = [
        pa.array([_cell(value_at(claim, column.path), column) for claim in claims], field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _cell(value: Any, column: Column) -> Any:
    if value is None or column.type in ("text", "flag"):
        return value
    if column.type == "list":
        return listed(value)
    fits = fitting(value)
    if column.type == "integer":
        return fits if isinstance(fits, int) else None
    return None if fits is None else float(fits)
