"""`python -m bench NAME [--json] [--quick]`: run one measurement, print a table or one JSON object."""

from __future__ import annotations

import argparse
import asyncio
import json

from bench import start, workbook
from bench.figures import Figures
from bench.reads import report

MEASUREMENTS = {"start": start.measure, "import": workbook.measure}


def main() -> None:
    """Run the measurement that was named."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("name", choices=sorted([*MEASUREMENTS, "reads"]))
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--quick", action="store_true", help="reads: fewer and shorter rounds")
    given = parser.parse_args()
    if given.name == "reads":
        report.tell(quick=given.quick, as_json=given.json)
        return
    figures: Figures = asyncio.run(MEASUREMENTS[given.name]())
    if given.json:
        print(json.dumps(figures))
        return
    width = max(len(name) for name in figures)
    for name, figure in figures.items():
        print(f"{name:<{width}}  {figure}")


if __name__ == "__main__":
    main()
