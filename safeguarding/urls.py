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
from safeguarding.views.agency_home import agency_home, received_page, received_referral_page
from safeguarding.views.children import children_exposed_page
from safeguarding.views.exchanges import exchanges_page
from safeguarding.views.referrals import refer_page, referrals_page
from safeguarding.views.service_use import service_use_page
from safeguarding.views.services import service_page, services_page

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
    # --- the directory of services ---
    path("services/", services_page, name="services"),
    path("services/use/", service_use_page, name="service-use"),
    path("services/<int:pk>/", service_page, name="service"),
    # --- referrals to others, what is shared, joint actions; children exposed ---
    path("cases/<slug:reference>/referrals/", referrals_page, name="onward-referrals"),
    path("cases/<slug:reference>/referrals/<slug:step>/", refer_page, name="refer-in"),
    path("cases/<slug:reference>/shared/", exchanges_page, name="exchanges"),
    path("children-exposed/", children_exposed_page, name="children-exposed"),
    # --- the pages of a partner ---
    path("agency/", agency_home, name="agency-home"),
    path("agency/referrals/", received_page, name="received-referrals"),
    path("agency/referrals/<int:pk>/", received_referral_page, name="received-referral"),
]
