"""Addresses of Clare’s Law. None of them says what it is about: an address stands in logs and over shoulders."""

from django.urls import path

from dvds.views.application import application_page
from dvds.views.board import board_page
from dvds.views.intakes import intake_page, intakes_page, put_down, put_down_beside
from dvds.views.people import consider_person

urlpatterns = [
    # --- the door ---
    path("requests/", intakes_page, name="intakes"),
    path("requests/<int:pk>/", intake_page, name="intake"),
    path("requests/new/<slug:step>/", put_down, name="intake-new"),
    path("requests/new/<slug:step>/<int:folder>/", put_down_beside, name="intake-beside"),
    path("requests/taken/<int:pk>/people/<slug:kind>/", consider_person, name="consider-person"),
    # --- board and application page ---
    path("considerations/", board_page, name="considerations"),
    path("considerations/<str:reference>/", application_page, name="consideration"),
]
