"""./test: one stage after another, each with its name and its seconds; the first that fails ends it."""

import os
import subprocess
import time

from config.local import assets, environment, python, system
from config.local.paths import PYTHON, ROOT, say

BIN = PYTHON.parent
STAGES: tuple[tuple[str, list[str]], ...] = (
    ("ruff", [str(BIN / "ruff"), "check", "--quiet"]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet"]),
    ("types", [str(BIN / "mypy"), "--no-error-summary"]),
    ("import contracts", [str(BIN / "lint-imports"), "--no-cache"]),
    ("checks of the house", [str(PYTHON), "manage.py", "check"]),
    ("migrations are complete", [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"]),
)
#: The tests' database takes minutes to make and one core; it is begun first, and the stages above run beside it.
DATABASE = [str(PYTHON), "-m", "tests"]
#: Printed at the end, so that whoever waits too long for the tests sees for what.
SLOWEST = ("--durations=25", "--durations-min=10")


def main(arguments: list[str]) -> int:
    """Everything; with arguments other than --all, only pytest with those arguments."""
    everything = "--all" in arguments
    chosen = [argument for argument in arguments if argument != "--all"]
    system.ensure(testing=True)
    python.ensure(testing=True)
    assets.ensure(testing=True)
    seat = environment.Guest()
    try:
        surroundings = environment.prepare("test")
        tests = ("tests", [str(PYTHON), "-m", "pytest", *pytest_arguments(everything, chosen)])
        if code := stage(*tests, surroundings) if chosen else stages(tests, surroundings):
            return code
    finally:
        seat.leave()
    say("Everything passed.")
    return 0


def pytest_arguments(everything: bool, chosen: list[str]) -> list[str]:
    """Without --all, tests marked `long` are left out; a test that is asked for by name is never left out.

    A process for each core, a file to one process: files share what is costly to set up. They are dealt in the order
    of the collection, which begins with the long ones.
    """
    if chosen:
        return chosen
    processes = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder", *SLOWEST]
    return processes if everything else [*processes, "-m", "not long"]


def stages(tests: tuple[str, list[str]], surroundings: dict[str, str]) -> int:
    """Every stage, the database being made meanwhile; the exit code of the first that failed."""
    with subprocess.Popen(DATABASE, cwd=ROOT, env=surroundings) as database:
        try:
            for name, command in STAGES:
                if code := stage(name, command, surroundings):
                    return code
            say("── the tests' database")
            if code := database.wait():
                say(f"   the tests' database: FAILED ({code})")
                return code
        finally:
            database.terminate()  # after a stage that failed nobody needs it; what is half made is never used
    return stage(*tests, surroundings)


def stage(name: str, command: list[str], surroundings: dict[str, str]) -> int:
    """Run one stage; its exit code."""
    say(f"── {name}")
    begun = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode
    say(f"   {name}: {'passed' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - begun:.1f} s")
    return code
