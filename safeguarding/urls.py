"""Addresses of partner agencies."""

from django.urls import path

from safeguarding.views import agencies_page, agency_page, sign_agreement

urlpatterns = [
    path("agencies/", agencies_page, name="agencies"),
    path("agencies/<int:pk>/", agency_page, name="agency"),
    path("agencies/<int:pk>/agreement/", sign_agreement, name="agreement-sign"),
]
