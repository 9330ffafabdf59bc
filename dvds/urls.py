"""Addresses of the door: what waits, one thing that waits, putting something here, and naming somebody in a consideration."""

from django.urls import path

from dvds.views.intakes import intake_page, intakes_page, put_down, put_down_beside
from dvds.views.people import consider_person

urlpatterns = [
    # --- the door: nothing here says what is asked for ---
    path("requests/", intakes_page, name="intakes"),
    path("requests/<int:pk>/", intake_page, name="intake"),
    path("requests/new/<slug:step>/", put_down, name="intake-new"),
    path("requests/new/<slug:step>/<int:folder>/", put_down_beside, name="intake-beside"),
    path("requests/taken/<int:pk>/people/<slug:kind>/", consider_person, name="consider-person"),
]
