"""Checks the audit that came with a record; needs Python alone, and lies beside what it checks."""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_START = "0" * 64
_USE = b"kinetamine/audit/row"


def main() -> int:
    """Print what is wrong, and end with 1 if anything is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--folder", type=Path, default=Path(__file__).parent)
    asked.add_argument("--keys", type=Path, help="the clinic's keys/audit: lines of a name and a secret")
    given = asked.parse_args()
    rows = [json.loads(line) for line in (given.folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    with (given.folder / "chain.csv").open(encoding="utf-8", newline="") as file:
        chain = [(int(one["seq"]), one["previous"], one["mac"]) for one in csv.DictReader(file)]
    anchor = json.loads((given.folder / "anchor.json").read_text(encoding="utf-8") or "null")
    problems = [*_links(chain), *_places(rows, chain), *_anchored(chain, anchor)]
    if given.keys:
        problems += _signatures(rows, _keys(given.keys))
    how = "signatures checked" if given.keys else "signatures not checked: no key was given"
    for problem in problems:
        print(problem)  # noqa: T201 - a program of its own
    print(f"{len(problems)} problems in {len(rows)} rows and {len(chain)} links; {how}")  # noqa: T201 - the same
    return 1 if problems else 0


def _links(chain: list[tuple[int, str, str]]) -> Iterator[str]:
    number, before = 0, _START
    for seq, previous, mac in chain:
        if seq != number + 1:
            yield f"row {seq} follows row {number}: rows are missing"
        if previous != before:
            yield f"row {seq} is not chained to the row before it"
        number, before = seq, mac


def _places(rows: list[dict[str, Any]], chain: list[tuple[int, str, str]]) -> Iterator[str]:
    known = {seq: (previous, mac) for seq, previous, mac in chain}
    for row in rows:
        if known.get(row["seq"]) != (row["previous"], row["mac"]):
            yield f"row {row['seq']} is not the one that the chain holds there"


def _anchored(chain: list[tuple[int, str, str]], anchor: dict[str, Any] | None) -> Iterator[str]:
    if not anchor:
        yield "there is no anchor: nothing outside the database vouches for the chain"
        return
    if (anchor["seq"], anchor["mac"]) not in {(seq, mac) for seq, _, mac in chain}:
        yield f"the anchor knows of row {anchor['seq']}, which the chain does not hold: cut short, or computed anew"


def _keys(path: Path) -> dict[str, bytes]:
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {name: base64.urlsafe_b64decode(secret) for name, secret in pairs}


def _signatures(rows: list[dict[str, Any]], keys: dict[str, bytes]) -> Iterator[str]:
    for row in rows:
        if row["key"] not in keys:
            yield f"row {row['seq']} is signed with the key {row['key']!r}, which was not given"
            continue
        key = hmac.new(keys[row["key"]], _USE, hashlib.sha256).digest()
        signed = {name: value for name, value in row.items() if name != "mac"}
        text = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), str(row["mac"]).encode()):
            yield f"row {row['seq']} is not what was signed"


if __name__ == "__main__":
    sys.exit(main())
