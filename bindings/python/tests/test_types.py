"""The stubs: complete against the module, and right for a script under mypy --strict."""

from __future__ import annotations

import ast
import pathlib
import subprocess
import sys
import types

import pytest

import incar
from incar._native import core, smac

PACKAGE = pathlib.Path(incar.__file__).parent
ROOT = pathlib.Path(__file__).parents[3]

GOOD = """
import datetime
import numpy as np
import incar

problem = incar.smac.Problem(
    start=datetime.datetime(2026, 1, 15, 17, tzinfo=datetime.timezone.utc), slot_minutes=15, slots=2,
    site=incar.smac.Site(max_power_w=11e3, price_eur_per_kwh=np.array([0.1, 0.2])),
    evs=[incar.smac.EV(id="a", departure_slot=2, capacity_wh=60e3, soc_wh=2e4, target_soc_wh=4e4, charge_power_w=11e3)],
    batteries=(incar.smac.Battery(id="b", capacity_wh=1e3, soc_wh=1, charge_power_w=1, discharge_power_w=1),),
)
problem.site.demand_wh = [1.0, 2.0]
problem.start = "2026-01-15T17:00:00Z"
year: int = problem.start.year
total: float = float(problem.site.demand_wh.sum())
plan = incar.smac.plan(problem, time_limit=10)
power: np.ndarray[tuple[int], np.dtype[np.float64]] | np.ndarray[object, np.dtype[np.float64]] = plan.evs["a"].power_w
met: bool = plan.status is incar.smac.PlanStatus.OPTIMAL
ids: list[str] = [each.id for each in plan.batteries] + plan.evs.ids
rows: list[incar.smac.Comparison] = incar.smac.compare("scenario.json", ["smac"])
where: list[str] = [finding.where for finding in incar.smac.validate(problem)]
try:
    incar.smac.Problem.load("scenario.json")
except incar.Error as error:
    code: str = error.code
reveal_type(plan.evs[0].power_w)
"""

WRONG = [
    'incar.smac.EV(id="a")',
    "incar.smac.Site(max_power_w='11 kW')",
    "incar.smac.Site(price=[0.1])",
    "incar.smac.Site().price_eur_per_kwh = 'cheap'",
    "incar.smac.plan(3)",
    "incar.smac.plan('a.json').evs[0].power_kw",
    "incar.smac.plan('a.json').objective_eur = 3",
]


def mypy(tmp_path: pathlib.Path, source: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "script.py"
    script.write_text(source)
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml")]
    environment = {"MYPYPATH": str(PACKAGE.parent), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    return subprocess.run(
        [*command, "--cache-dir", str(tmp_path / "cache"), str(script)], capture_output=True, text=True, env=environment
    )


def test_a_user_s_script_is_typed(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    result = mypy(tmp_path, GOOD)
    assert result.returncode == 0, result.stdout
    assert "numpy.float64" in result.stdout or "floating" in result.stdout, result.stdout


def test_wrong_scripts_are_refused(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    result = mypy(tmp_path, "import incar\n" + "\n".join(WRONG))
    complained = {line.split(":")[1] for line in result.stdout.splitlines() if ": error:" in line}
    assert complained == {str(i + 2) for i in range(len(WRONG))}, result.stdout


def test_the_package_itself_is_typed(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    result = mypy(tmp_path, "import incar.plot, incar._frame, incar.errors, incar.smac")
    assert result.returncode == 0, result.stdout


def declared(stub: str) -> dict[str, set[str]]:
    """The classes of a stub with their members; functions under ""."""
    names: dict[str, set[str]] = {"": set()}
    for node in ast.parse((PACKAGE / "_native" / stub).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            names[""].add(node.name)
        elif isinstance(node, ast.ClassDef):
            names[node.name] = {
                each.name if isinstance(each, ast.FunctionDef) else each.target.id  # type: ignore[union-attr]
                for each in node.body
                if isinstance(each, (ast.FunctionDef, ast.AnnAssign))
            }
    return names


def present(module: types.ModuleType) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {"": set()}
    for name, value in vars(module).items():
        if isinstance(value, type):
            names[name] = set(vars(value))
        elif callable(value):
            names[""].add(name)
    return names


@pytest.mark.parametrize(("stub", "module"), [("core.pyi", core), ("smac.pyi", smac)])
def test_the_stub_names_what_the_module_has(stub: str, module: types.ModuleType) -> None:
    helpers = {"SupportsArray", "SeriesMember", "InstantMember", "PhasesMember", "IdsMember"}
    said, real = declared(stub), present(module)
    assert set(said) - helpers == set(real)
    assert said[""] == real[""]
    for name in set(real) - {""}:
        public = {each for each in real[name] if not each.startswith("_")}
        assert {each for each in said[name] if not each.startswith("_")} == public, name
        assert said[name] <= real[name], name


def test_everything_public_is_documented() -> None:
    for name in incar.smac.__all__:
        assert getattr(incar.smac, name).__doc__, name
