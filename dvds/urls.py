"""Addresses of Clare's Law."""

from django.urls import path

from dvds.views.checks import checks_page, found_page, look_page, nothing_page

urlpatterns = [
    # --- checks of a consideration (J) ---
    path("considerations/<slug:reference>/checks/", checks_page, name="considered-checks"),
    path("considerations/<slug:reference>/checks/found/<int:look>/", found_page, name="considered-found"),
    path("considerations/<slug:reference>/checks/nothing/<int:look>/", nothing_page, name="considered-nothing"),
    path("considerations/<slug:reference>/checks/<slug:code>/<int:person>/", look_page, name="considered-look"),
    path(
        "considerations/<slug:reference>/checks/<slug:code>/<int:person>/away/", look_page, {"step": "not-available"},
        name="considered-away",
    ),
]  # fmt: skip
