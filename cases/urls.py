"""Addresses of cases. A reference says nothing; no address holds a name, a date of birth or a term searched for."""

from django.urls import path

from cases.views import (
    add_fact,
    case_page,
    code_word_page,
    emergency_page,
    find_person,
    looks_page,
    reason_page,
    still_true,
)
from workflow.pages.begin import begin_page

urlpatterns = [
    path("cases/<slug:reference>/", case_page, name="case"),
    path("cases/<slug:reference>/reason/", reason_page, name="case-reason"),
    path("cases/<slug:reference>/looks/", looks_page, name="case-looks"),
    path("cases/<slug:reference>/code-word/", code_word_page, name="code-word"),
    # --- what is restricted, in an emergency ---
    path("emergency/", emergency_page, name="emergency"),
    path("emergency/people/<int:person>/", emergency_page, name="emergency-person"),
    # --- finding and adding people in an incident ---
    path("incidents/new/", begin_page, {"workflow": "incident", "step": "begin"}, name="new-incident"),
    path("incidents/<int:incident>/people/<slug:part>/", find_person, name="find-person"),
    path("incidents/<int:incident>/people/<int:row>/still-true/", still_true, name="still-true"),
    path("incidents/<int:incident>/people/<int:row>/facts/<slug:kind>/", add_fact, name="add-fact"),
]
