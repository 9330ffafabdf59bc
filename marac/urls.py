"""Addresses of forums."""

from django.urls import path

from marac.views import (
    action_page,
    actions_page,
    agency_actions_page,
    agree_action,
    begin_self_assessment,
    call_emergency,
    emergency_page,
    enter_return,
    forum_page,
    forum_returns_page,
    forums_page,
    join_forum,
    outcomes_page,
    quarter_page,
    returns_page,
    self_assessment_page,
    sign_return,
    steering_page,
)

urlpatterns = [
    path("marac/forums/", forums_page, name="forums"),
    path("marac/forums/<int:pk>/", forum_page, name="forum"),
    path("marac/forums/<int:pk>/agency/", join_forum, name="forum-join"),
    # --- what was taken on ---
    path("agency/actions/", agency_actions_page, name="agency-actions"),
    path("marac/actions/", actions_page, name="forum-actions"),
    path("marac/actions/report/", steering_page, name="steering-report"),
    path("marac/actions/<int:pk>/", action_page, name="forum-action"),
    path("marac/referrals/<int:pk>/action/", agree_action, name="forum-action-agree"),
    path("marac/referrals/<int:pk>/emergency/", call_emergency, name="emergency-call"),
    path("marac/emergencies/<int:pk>/", emergency_page, name="emergency"),
    # --- figures ---
    path("marac/returns/", returns_page, name="returns"),
    path("marac/forums/<int:pk>/returns/", forum_returns_page, name="forum-returns"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/", quarter_page, name="forum-quarter"),
    path("marac/forums/<int:pk>/outcomes/", outcomes_page, name="forum-outcomes"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/sign/", sign_return, name="quarter-return-sign"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/enter/", enter_return, name="quarter-return-enter"),
    path("marac/forums/<int:pk>/self-assessment/", begin_self_assessment, name="self-assessment-begin"),
    path("marac/self-assessments/<int:pk>/", self_assessment_page, name="self-assessment"),
]
