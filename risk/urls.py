"""Addresses of assessments."""

from django.urls import path

from risk.views import dash, dash_begin, plan_action_offered

urlpatterns = [
    path("dash/<int:pk>/", dash, name="dash"),
    path("dash/begin/<int:incident>/", dash_begin, name="dash-begin"),
    path("safety-plans/<int:pk>/kinds/<int:kind>/", plan_action_offered, name="plan-action-offered"),
]
