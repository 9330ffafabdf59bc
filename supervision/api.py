"""Notices by the API: what whoever asks was told, newest first. Reads only."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response

from supervision.views.notices import line_of, told
from workflow.api.paging import paged
from workflow.api.schema import AFTER, COUNT, LIMIT, MAYBE_MOMENT, MOMENT, TRUTH, WORD, Schema, page_of, reading, thing
from workflow.api.values import plain
from workflow.api.view import ApiView

NOTICE = thing(
    id=COUNT, text=WORD, told_as=WORD, wanted=WORD, due_at=MAYBE_MOMENT, created_at=MOMENT, read=TRUTH, may_open=TRUTH
)  # fmt: skip


class Notices(ApiView):
    """One's own notices and nobody else's; reading them here does not mark them read."""

    def get(self, request: Any) -> Response:
        found, onward = paged(request, told(request.user), "notices")
        return Response({"results": [notice_told(notice, line_of(notice)) for notice in found], "next": onward})

    def described(self, method: str) -> Schema:
        return reading("Your own notices", "notices", page_of(NOTICE), AFTER, LIMIT)


def notice_told(notice: Any, line: Any) -> dict[str, Any]:
    return {
        "id": line.pk, "text": str(line.text), "told_as": str(line.told_as), "wanted": str(line.wanted),
        "due_at": plain(notice.due_at), "created_at": plain(line.created_at), "read": line.is_read, "may_open": line.may_open,
    }  # fmt: skip
