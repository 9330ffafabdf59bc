"""Addresses of partner agencies, of the services they offer, and of what is referred to them."""

from django.urls import path

from safeguarding.views import agencies_page, agency_page, sign_agreement
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
