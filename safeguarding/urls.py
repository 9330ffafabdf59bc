"""Addresses of partner agencies, of schools and of Operation Encompass."""

from django.urls import path

from safeguarding.views import (
    agencies_page,
    agency_page,
    encompass_one,
    encompass_page,
    establishment_page,
    establishments_page,
    letter_page,
    letters_page,
    record_days,
    record_key_adult,
    sign_agreement,
)

urlpatterns = [
    path("agencies/", agencies_page, name="agencies"),
    path("agencies/<int:pk>/", agency_page, name="agency"),
    path("agencies/<int:pk>/agreement/", sign_agreement, name="agreement-sign"),
    # --- schools ---
    path("schools/", establishments_page, name="establishments"),
    path("schools/<int:pk>/", establishment_page, name="establishment"),
    path("schools/<int:pk>/key-adult/", record_key_adult, name="key-adult-record"),
    path("schools/<int:pk>/days/", record_days, name="school-days-record"),
    # --- Operation Encompass ---
    path("encompass/", encompass_page, name="encompass"),
    path("encompass/<int:pk>/", encompass_one, name="encompass-one"),
    path("encompass/letters/", letters_page, name="encompass-letters"),
    path("encompass/letters/<int:pk>/", letter_page, name="encompass-letter"),
]
