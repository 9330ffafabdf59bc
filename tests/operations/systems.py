"""A small system on a server of its own, as a deployment is: set up, filled, and worked with only by its commands."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.local.environment import DATABASE
from config.local.paths import PYTHON, ROOT
from config.local.postgres import APP, OWNER, Cluster

#: Ellen opens her own case and the paper of it, as her browser would; printed is what she was given.
VISIT = """
import hashlib
from django.test import Client
from config.demo.force import PASSWORD
from cases.models import Case
from reporting.models import Document
document = Document.objects.select_related("case", "asked_by").get(kind="case-file")
visitor = Client()
visitor.post("/sign-in/", {"login": document.asked_by.username, "password": PASSWORD})  # which also proves who it is
page = visitor.get(f"/cases/{document.case.reference}/")
file = visitor.get(f"/documents/{document.pk}/file/")
assert document.case.reference in page.content.decode(), page.status_code
assert file.content.startswith(b"%PDF-"), file.status_code
assert hashlib.sha256(file.content).hexdigest() == document.digest
print("case", page.status_code, "file", file.status_code)
"""
PRINT = """
from cases.models import Holding
from reporting import services
held = Holding.objects.filter(case__state="open", part="investigation").select_related("person", "case").first()
document, _ = services.ask_for_document(case=held.case, by=held.person)
assert services.make(document.pk)
"""
SAY_MORE = """
from accounts.models import User
from tests.factories import begun
print(begun(User.objects.get(username="2877"), log_ref="LATER").pk)
"""
SAID = """
from cases.models import Incident
print(Incident.objects.filter(log_ref="LATER").count())
"""


@dataclass
class Place:
    """A server and what lies beside it: documents, the anchors, mail."""

    cluster: Cluster
    folder: Path

    @property
    def documents(self) -> Path:
        return self.folder / "documents"

    @property
    def anchors(self) -> Path:
        return self.folder / "anchors.jsonl"

    def environment(self) -> dict[str, str]:
        """What its program is told."""
        return os.environ | {
            "DJANGO_ENV": "local",
            "DATABASE_URL": self.cluster.url(DATABASE, APP),
            "DATABASE_OWNER_URL": self.cluster.url(DATABASE, OWNER),
            "REDIS_URL": f"unix://{self.folder}/nobody.sock",  # nobody is told: what matters is a row
            "MEDIA_ROOT": str(self.documents),
            "AUDIT_ANCHOR_FILE": str(self.anchors),
            "EMAIL_URL": f"filemail:///{self.folder / 'outbox'}",
        }

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a manage.py command on it."""
        arguments = [str(PYTHON), "manage.py", *command]
        return subprocess.run(arguments, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False)

    def does(self, script: str) -> str:
        """Run a few lines in its program; what they printed."""
        done = self.manage("shell", "--no-imports", "-c", script)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()
