"""The deployment's files, read without a container runtime: they fit the schema, and keep the rules of the house."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from config.local import assets
from config.local.paths import PYTHON, ROOT
from config.local.postgres import archive_command
from config.local.supervisor import commands

TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
VERSIONED = re.compile(r"[\w./-]+:(\$\{RELEASE:-)?\d+\.\d+(\.\d+)?[\w.-]*\}?")
SECRET = re.compile(r"PASSWORD|SECRET|_KEY|_URL")
ONCE = {"setup"}
EVERYWHERE = "0.0.0.0"  # noqa: S104  (inside a container, on a network without a way in)

every_service = pytest.mark.parametrize("name", SERVICES)


def test_the_compose_file_fits_the_schema_of_compose_files() -> None:
    assets.ensure(testing=True)
    schema = json.loads(assets.compose_schema().read_text())
    filled = re.sub(r"(?<!\$)\$\{\w+(?::-([^}]*)|[^}]*)\}", lambda found: found[1] or "filled-in", TEXT)
    validator = jsonschema.Draft7Validator(schema)
    assert [error.message for error in validator.iter_errors(yaml.safe_load(filled))] == []
    slip = filled.replace("healthcheck:", "helthcheck:", 1)
    assert list(validator.iter_errors(yaml.safe_load(slip)))  # and the schema does see one


def test_everything_that_production_needs_is_there() -> None:
    wanted = {
        "proxy",
        "web",
        "public",
        "worker",
        "documents",
        "beat",
        "metrics",
        "setup",
        "database",
        "backup",
        "broker",
        "clamav",
    }
    assert wanted == set(SERVICES)
    assert {name: SERVICES[name]["deploy"].get("replicas", 1) for name in ("web", "worker", "documents", "beat")} == {
        "web": "${WEB:-2}",
        "worker": "${WORKERS:-2}",
        "documents": 1,
        "beat": 1,
    }


def test_each_process_of_run_is_a_service_and_becomes_the_very_command_of_run() -> None:
    processes = commands(8000, Path("/srv/state"), metrics=9102, public=8000)
    ours = {
        name: service["command"][-1] for name, service in SERVICES.items() if "process" in service.get("command", [])
    }
    assert ours == {name: name for name in processes}
    for name in processes:
        assert SERVICES[name]["command"] == ["python", "-m", "config.local", "process", name]


def test_a_process_is_replaced_by_its_command(tmp_path: Path) -> None:
    become = (
        "import os; os.execv = lambda path, command: print(*command)\n"
        "from config.local.supervisor import become; become(['web'])"
    )
    settings = os.environ | {"HOST": EVERYWHERE, "PORT": "8000", "STATE": str(tmp_path)}
    done = subprocess.run(
        [str(PYTHON), "-c", become], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == commands(8000, tmp_path, host=EVERYWHERE)["web"]
    wrong = subprocess.run(
        [str(PYTHON), "-m", "config.local", "process", "nobody"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (wrong.returncode, "Say which process" in wrong.stderr) == (1, True)


@every_service
def test_each_service_is_watched_limited_and_started_again(name: str) -> None:
    service = SERVICES[name]
    limits = service["deploy"]["resources"]["limits"]
    assert {"cpus", "memory"} <= set(limits)
    if name in ONCE:
        assert service["restart"] == "no"
        assert service["healthcheck"] == {"disable": True}
        return
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]
    assert {"interval", "timeout", "retries"} <= set(service["healthcheck"])


@every_service
def test_each_service_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert not service.get("privileged")
    assert service.get("network_mode") != "host"
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["read_only"] or name == "clamav"
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))


@every_service
def test_each_image_has_a_version(name: str) -> None:
    assert VERSIONED.fullmatch(SERVICES[name]["image"])
    assert "latest" not in SERVICES[name]["image"]


def test_only_the_proxy_is_public_and_metrics_have_a_network_of_their_own() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert [name for name, joined in networks.items() if "public" in joined] == ["proxy"]
    assert [name for name, joined in networks.items() if "watch" in joined] == ["metrics"]
    assert all(COMPOSE["networks"][name].get("internal") for name in ("inside", "watch", "street", "letterbox"))
    assert "outward" not in networks["database"] | networks["broker"] | networks["backup"]


def test_the_public_page_reaches_the_proxy_and_the_database_and_nothing_of_the_staffs() -> None:
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    beside = {name for name, joined in networks.items() if joined & networks["public"]} - {"public"}
    assert beside == {"proxy", "database"}
    told = SERVICES["public"]["environment"]
    assert set(told) == {"DJANGO_ENV", "PUBLIC_SECRET_KEY", "PUBLIC_HOSTS", "PUBLIC_DATABASE_URL", "BEHIND_PROXY"}
    assert "//da_public:" in told["PUBLIC_DATABASE_URL"]
    stage = DOCKERFILE.split(" AS public\n")[1].split("\nFROM ")[0]
    copied = set(re.findall(r"^COPY (?!--from)(.+) \S+$", stage, re.MULTILINE))
    assert copied == {
        "config/__init__.py config/public.py config/logs.py",
        "config/local",
        "deploy/healthy.py",
        "public",
    }


@every_service
def test_no_secret_stands_in_the_file(name: str) -> None:
    for key, value in SERVICES[name].get("environment", {}).items():
        if SECRET.search(key):
            assert "${" in str(value), key
            assert not re.search(r"://[^/@]*:[^/@]+@", re.sub(r"\$\{[^}]*\}", "", str(value))), key


def test_only_setup_knows_the_role_that_owns_the_tables() -> None:
    knows = {name for name, service in SERVICES.items() if "OWNER_PASSWORD" in json.dumps(service)}
    assert knows == {"setup", "database"}


def test_the_database_keeps_its_wal_as_run_does_and_at_most_an_hour_can_be_lost() -> None:
    told = [word for word in SERVICES["database"]["command"] if "=" in word]
    settings = dict(word.split("=", 1) for word in told)
    assert settings["archive_mode"] == "on"
    assert 0 < int(settings["archive_timeout"]) <= 3600
    assert " ".join(settings["archive_command"].split()) == archive_command(Path("/srv/archive"))
    mounted = {volume.partition(":")[0] for volume in SERVICES["database"]["volumes"]}
    assert {"rows", "archive"} == mounted


def test_the_backup_cannot_write_what_it_copies_nor_the_anchors() -> None:
    volumes = SERVICES["backup"]["volumes"]
    assert "anchors:/srv/anchors:ro" in volumes
    assert "documents:/srv/documents:ro" in volumes


def test_the_images_are_pinned_run_as_nobody_and_leave_their_tools_behind() -> None:
    bases = dict(re.findall(r"^ARG (\w+)=(\S+)$", DOCKERFILE, re.MULTILINE))
    assert all(VERSIONED.fullmatch(base) for base in bases.values())
    assert set(re.findall(r"^FROM (\S+) AS", DOCKERFILE, re.MULTILINE)) == {f"${{{name}}}" for name in bases}
    assert "--require-hashes" in DOCKERFILE
    for stage in DOCKERFILE.split("\nFROM ")[2:]:
        assert re.findall(r"^USER (\w+)$", stage, re.MULTILINE)[-1] in {"cases", "postgres"}
        assert "HEALTHCHECK" in stage
        assert not re.search(r"gcc|build-essential|-dev\b|nodejs", stage)


def test_every_variable_that_the_file_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+):\?", TEXT))
    example = (ROOT / "deploy" / "production.env.example").read_text()
    assert asked == set(re.findall(r"^(\w+)=$", example, re.MULTILINE))


def test_nothing_of_this_machine_goes_into_an_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".git", ".local", ".env", "**/*.env", "tests"} <= set(left_out)
