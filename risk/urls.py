"""Addresses of assessments."""

from django.urls import path

from risk.views import dash, dash_begin

urlpatterns = [
    path("dash/<int:pk>/", dash, name="dash"),
    path("dash/begin/<int:incident>/", dash_begin, name="dash-begin"),
]
