"""Hints: one check with its full trace, all hints of many open cases, and `pkui rights check` from a cold start."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from subprocess import run as start
from time import perf_counter_ns, process_time_ns
from typing import Any

from pkui.base.calendar import public_holidays
from pkui.base.law import packaged_law
from pkui.domain.rights.engine import check
from pkui.domain.rights.facts import RightsFacts
from pkui.domain.rights.reading import read_facts
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, p95

NAME = "rights"
CASES = 6_000
ON = date(2026, 11, 23)
LOOP = 20_000
CLEAR: dict[str, Any] = {
    "psychiatric": False,
    "agreement_exists": True,
    "agreement_hospital_can_do_it": True,
    "private_wait_days": 20,
    "excluded_treatment": "none",
    "custodial_status": "none",
    "residence_region": "1082",
    "free_choice_already_used": False,
    "referral_accepted": True,
    "professional_reason_recorded": False,
    "acute_admission": False,
    "specialty_level": "hovedfunktion",
}


def run(options: Options) -> Table:
    """Measures and holds the figures against the targets; the loop is the machine's own speed in the same run."""
    draw = Random(1)
    cases = [read_facts(case(draw)) for _ in range(CASES)]
    full = read_facts(open_case(CLEAR, 40, 30))
    loops, single, firm, whole, cold = [], [], [], [], []
    for _ in range(options.times(5)):
        loops += [cpu(calibrate) for _ in range(20)]
        single += [cpu(lambda facts=facts: judge(facts)) for facts in cases[: options.times(1_000)]]
        firm += [cpu(lambda: judge(full)) for _ in range(options.times(200))]
        whole.append(cpu(lambda: [judge(facts) for facts in cases]))
        cold.append(cold_start(options.scratch))
    floor = p50(loops)
    table = Table("Hints", ("what", "p50 ms", "p95 ms", "x loop"))
    for what, times in (
        ("one check with full trace, CPU", single),
        ("one check, every fact known, CPU", firm),
        (f"all hints of {CASES:,} cases, CPU", whole),
        ("pkui rights check, cold, wall", cold),
    ):
        table.add(what, p50(times), p95(times), p50(times) / floor)
    table.notes.append(f"loop: {LOOP:,} additions, {floor:.2f} ms of CPU")
    table.expect("one check p50, ms", p50(single), 1)
    table.expect("all hints, ms", p50(whole), 5_000)
    table.expect("cold start p50, ms", p50(cold), 400)
    return table


def judge(facts: RightsFacts) -> object:
    """All hints of a case."""
    return check(facts, on=ON, law=packaged_law(), calendar=public_holidays())


def calibrate() -> int:
    """A plain loop, the yardstick of the run."""
    total = 0
    for number in range(LOOP):
        total += number
    return total


def cpu(work: Any) -> float:
    """Milliseconds of processor time that the work takes."""
    begun = process_time_ns()
    work()
    return (process_time_ns() - begun) / 1e6


def open_case(known: dict[str, Any], referred: int, offered: int) -> dict[str, Any]:
    """An assessment or treatment referred so many days ago, with a date so many days ahead."""
    return {
        "case_kind": "assessment",
        "referral_received": (ON - timedelta(referred)).isoformat(),
        "offered_date": (ON + timedelta(offered)).isoformat(),
        "offered_by": "own",
        **known,
    }


def case(draw: Random) -> dict[str, Any]:
    """A synthetic open case: kind, dates, and some of the other facts."""
    known = {name: value for name, value in CLEAR.items() if draw.random() < 0.4}
    facts = open_case(known, draw.randrange(1, 90), draw.randrange(0, 200))
    facts["case_kind"] = draw.choices(
        ["assessment", "treatment", "diagnostic", "max_wait_cancer", "transport"], [5, 4, 2, 1, 1]
    )[0]
    if facts["case_kind"] == "treatment":
        facts["informed_of_diagnosis_on"] = facts["referral_received"]
    if draw.random() < 0.3:
        facts["info_letter_on"] = facts["referral_received"]
    if draw.random() < 0.1:
        facts["surgery_date_history"] = [
            {"cause": "hospital", "at": "regional", "changed_on": (ON - timedelta(draw.randrange(30))).isoformat()}
        ]
    return facts


def cold_start(scratch: Path) -> float:
    """Milliseconds from the start of the process to its end."""
    file = scratch / "facts.json"
    file.write_text(json.dumps(open_case(CLEAR, 40, 30)), "utf-8")
    begun = perf_counter_ns()
    done = start(
        [sys.executable, "-m", "pkui", "rights", "check", str(file), "--json", "--on", ON.isoformat()],
        check=True,
        capture_output=True,
    )
    took = (perf_counter_ns() - begun) / 1e6
    if not json.loads(done.stdout)["hints"]:
        raise AssertionError("no hints")
    return took
