"""What a benchmark hands back: a table to print, and the targets it missed."""

from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(values: Sequence[float], share: float) -> float:
    """The value at that share (0 to 1) of the sorted values, by nearest rank."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def p50(values: Sequence[float]) -> float:
    """The median."""
    return percentile(values, 0.5)


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return percentile(values, 0.95)


@dataclass
class Table:
    """Figures with their headings; `missed` names each target that was not met."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Adds a row."""
        self.rows.append(cells)

    def expect(self, what: str, value: float, limit: float) -> None:
        """Holds a value against a target it must not exceed."""
        if value > limit:
            self.missed.append(f"{what}: {_shown(value)} > {_shown(limit)}")

    def render(self) -> str:
        """The table as text: words to the left, numbers to the right."""
        cells = [[_shown(cell) for cell in row] for row in (self.columns, *self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        numeric = [
            all(isinstance(row[i], int | float) or row[i] == "-" for row in self.rows) for i in range(len(self.columns))
        ]
        lines = [self.title, "=" * len(self.title)]
        for index, row in enumerate(cells):
            fitted = (
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(row, widths, numeric, strict=True)
            )
            lines.append("  ".join(fitted).rstrip())
            if index == 0:
                lines.append("  ".join("-" * width for width in widths))
        lines += self.notes
        lines += [f"MISSED {target}" for target in self.missed]
        return "\n".join(lines)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
