"""Addresses of Clare’s Law. None of them says what it is about: an address stands in logs and over shoulders."""

from django.urls import path

from dvds.views.application import application_page
from dvds.views.board import board_page
from dvds.views.checks import checks_page, found_page, look_page, nothing_page
from dvds.views.intakes import intake_page, intakes_page, put_down, put_down_beside
from dvds.views.looking import second_looks_page
from dvds.views.people import consider_person
from dvds.views.tellings import final_report_page, final_reports_page, telling_page

urlpatterns = [
    # --- the door ---
    path("requests/", intakes_page, name="intakes"),
    path("requests/<int:pk>/", intake_page, name="intake"),
    path("requests/new/<slug:step>/", put_down, name="intake-new"),
    path("requests/new/<slug:step>/<int:folder>/", put_down_beside, name="intake-beside"),
    path("requests/taken/<int:pk>/people/<slug:kind>/", consider_person, name="consider-person"),
    # --- board and application page ---
    path("considerations/", board_page, name="considerations"),
    # --- the telling and the end ---
    path("considerations/tellings/<int:pk>/", telling_page, name="telling"),
    path("considerations/reports/", final_reports_page, name="final-reports"),
    path("considerations/reports/<int:pk>/", final_report_page, name="final-report"),
    # --- one consideration ---
    path("considerations/<slug:reference>/", application_page, name="consideration"),
    # --- its checks ---
    path("considerations/<slug:reference>/checks/", checks_page, name="considered-checks"),
    path("considerations/<slug:reference>/checks/found/<int:look>/", found_page, name="considered-found"),
    path("considerations/<slug:reference>/checks/nothing/<int:look>/", nothing_page, name="considered-nothing"),
    path("considerations/<slug:reference>/checks/<slug:code>/<int:person>/", look_page, name="considered-look"),
    path(
        "considerations/<slug:reference>/checks/<slug:code>/<int:person>/away/", look_page, {"step": "not-available"},
        name="considered-away",
    ),
    # --- looking back ---
    path("looking-back/second-look/", second_looks_page, name="second-looks"),
]  # fmt: skip
