"""Addresses of cases. A reference says nothing; no address holds a name, a date of birth or a term searched for."""

from django.urls import path

from cases.views import (
    about_person,
    add_fact,
    add_files,
    arrest_begin,
    arrest_of,
    begin_child,
    case_page,
    check_call,
    code_word_page,
    contact_versions,
    emergency_page,
    files_page,
    find_person,
    looks_page,
    pair_page,
    reason_page,
    record_call,
    registrar_page,
    see_file,
    still_true,
    take_file,
    take_out_fact,
    video_page,
)
from cases.views.brief import brief_page, read_brief
from cases.views.decisions import decisions_page, standards_page
from cases.views.intelligence import intelligence_page
from cases.views.new_person import new_person_page
from cases.views.presence import presence
from cases.views.systems import check_page, systems_page
from workflow.pages.begin import begin_page

urlpatterns = [
    path("present/", presence, name="presence"),
    path("cases/<slug:reference>/", case_page, name="case"),
    path("cases/<slug:reference>/reason/", reason_page, name="case-reason"),
    path("cases/<slug:reference>/looks/", looks_page, name="case-looks"),
    path("cases/<slug:reference>/code-word/", code_word_page, name="code-word"),
    path("cases/<slug:reference>/safe-contact/", contact_versions, name="contact-versions"),
    # --- decisions; the standards before a case is closed ---
    path("cases/<slug:reference>/decisions/", decisions_page, name="case-decisions"),
    path("cases/<slug:reference>/standards/", standards_page, name="case-standards"),
    # --- systems checked; intelligence ---
    path("cases/<slug:reference>/systems/", systems_page, name="systems-checked"),
    path("cases/<slug:reference>/systems/<slug:code>/", check_page, name="check-system"),
    path("cases/<slug:reference>/systems/<slug:code>/<int:person>/", check_page, name="check-system-of"),
    path("intelligence/<int:pk>/", intelligence_page, name="intelligence"),
    # --- files; how body-worn video is used ---
    path("cases/<slug:reference>/files/", files_page, name="case-files"),
    path("cases/<slug:reference>/files/add/", add_files, name="add-files"),
    path("files/<int:pk>/", take_file, name="take-file"),
    path("files/<int:pk>/small/", see_file, name="see-file"),
    path("body-worn-video/", video_page, name="body-worn-video"),
    # --- the crime registrar ---
    path("registrar/", registrar_page, name="registrar"),
    path("registrar/<slug:name>/", registrar_page, name="registrar-list"),
    # --- what is restricted, in an emergency ---
    path("emergency/", emergency_page, name="emergency"),
    path("emergency/people/<int:person>/", emergency_page, name="emergency-person"),
    # --- two people ---
    path("people/<int:one>/with/<int:other>/", pair_page, name="pair"),
    # --- calls ---
    path("calls/new/", begin_page, {"workflow": "call", "step": "take"}, name="take-call"),
    path("calls/check/", check_call, name="check-call"),
    path("calls/<int:call>/record/", record_call, name="record-from-call"),
    # --- the brief of whoever is sent ---
    path("briefs/<slug:about>/<int:pk>/", brief_page, name="brief"),
    path("briefs/call/<int:pk>/read/", read_brief, name="read-brief"),
    # --- finding and adding people in an incident ---
    path("incidents/new/", begin_page, {"workflow": "incident", "step": "begin"}, name="new-incident"),
    path("incidents/<int:incident>/decisions/<slug:kind>/", arrest_begin, name="arrest-begin"),
    path("incidents/<int:incident>/arrests/<int:suspect>/", arrest_of, name="arrest-of"),
    path("incidents/<int:incident>/children/<slug:kind>/", begin_child, name="begin-child"),
    path("people/new/", new_person_page, name="new-person"),
    path("incidents/<int:incident>/people/<slug:part>/", find_person, name="find-person"),
    path("incidents/<int:incident>/people/<int:row>/still-true/", still_true, name="still-true"),
    path("incidents/<int:incident>/people/<int:row>/facts/<slug:kind>/", add_fact, name="add-fact"),
    path("incidents/<int:incident>/people/<int:row>/about/", about_person, name="about-person"),
    path(
        "incidents/<int:incident>/people/<int:row>/facts/<slug:kind>/<int:fact>/take-out/",
        take_out_fact,
        name="take-out-fact",
    ),
]
