"""What of the audit goes with a record: the rows about it with their signatures, and their places in the chain."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path

from kinetamine.clinic.access.whole import Whole
from kinetamine.clinic.fhir.pieces import moment
from kinetamine.clinic.records import AuditRow

COLUMNS = (
    "seq", "at", "clinic_id", "actor", "action", "kind", "record_id", "outcome", "detail", "key", "previous", "mac",
)  # fmt: skip
_README = """\
# The audit of this record

Written on {at}. {count} rows of the audit name this record or a part of it; the last row of the chain then was {last}.

| file | what it holds |
|---|---|
| rows.jsonl | the rows about this record, each with its signature (mac) and that of the row before (previous) |
| chain.csv | the place of every row of the audit: number, signature before, signature; nothing of what other rows say |
| anchor.json | the newest head that was signed outside the database |
| verify.py | checks all of this with Python alone |

    python verify.py                    links, places, and that the chain ends where the anchor says
    python verify.py --keys FILE        every row's own signature too

1. Row n of the chain carries, as "previous", the signature of row n - 1. No number is missing. A row that was deleted,
   put in or moved breaks this.
2. Each row of rows.jsonl stands at its number in the chain with the same two signatures.
3. The chain holds the anchored signature at the anchored number. Where the anchor lies behind the last row, what came
   after it is vouched for by the chain alone.
4. A signature is HMAC-SHA256 over the row without "mac", as JSON with sorted names and no blanks. The key stays with
   the clinic (file keys/audit), so only who holds it can check this step: hand the folder to them, or to an examiner
   they let do it. Without the key, who holds the key could have written another chain; the anchor, kept elsewhere, is
   what speaks against that.

Rows say who did what and when, never what a field held. Ids of other records may stand in a row that listed several.
To hold the records themselves against the audit: kinetamine clinic verify-audit, on the clinic's server.
"""


def files(record: Whole, anchor: str, at: datetime) -> dict[str, str]:
    """By name."""
    last = record.chain[-1].seq if record.chain else 0
    return {
        "rows.jsonl": "".join(f"{json.dumps(_row(one), ensure_ascii=False)}\n" for one in record.audit),
        "chain.csv": _chain(record),
        "anchor.json": f"{anchor}\n",
        "verify.py": (Path(__file__).parent / "verify.py").read_text(encoding="utf-8"),
        "README.md": _README.format(at=moment(at), count=len(record.audit), last=last),
    }


def _row(row: AuditRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS}


def _chain(record: Whole) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["seq", "previous", "mac"])
    writer.writerows([one.seq, one.previous, one.mac] for one in record.chain)
    return file.getvalue()
