"""Runs benchmarks and prints their tables: `python -m tests.benchmarks [--data DIR] [--quick] [--cases N] [NAME ...]`.

Each module `bench_*.py` here has a NAME and `run(options: Options) -> Table`. A target that is missed makes exit 1.
"""

import argparse
import os
import platform
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import perf_counter
from types import ModuleType

from tests.benchmarks.options import Options


def found() -> dict[str, ModuleType]:
    """The benchmarks by name."""
    here = str(Path(__file__).parent)
    names = sorted(m.name for m in iter_modules([here]) if m.name.startswith("bench_"))
    modules = [import_module(f"tests.benchmarks.{name}") for name in names]
    return {module.NAME: module for module in modules}


def main() -> int:
    """Runs the benchmarks named, or all; returns how it went: 0, or 1 when a target was missed."""
    modules = found()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=f"Known: {', '.join(modules)}")
    parser.add_argument("--data", type=Path, help="a folder of other data to measure over")
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    parser.add_argument("--cases", type=int, help="the longest history of `growth`")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.names if name not in modules]:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.python_version()}")
    missed = 0
    with tempfile.TemporaryDirectory(prefix="pkui-bench-") as scratch:
        options = Options(Path(scratch), arguments.data, arguments.quick, arguments.cases)
        for name in arguments.names or modules:
            start = perf_counter()
            table = modules[name].run(options)
            print(f"\n{table.render()}\n({name}: {perf_counter() - start:.0f} s)", flush=True)
            missed += len(table.missed)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
