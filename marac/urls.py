"""Addresses of forums, referrals, meetings, research, actions and figures."""

from django.urls import path

from marac.views import (
    action_page,
    actions_page,
    agency_actions_page,
    agency_referrals_page,
    agree_action,
    ask_steering_paper,
    attending_page,
    begin_self_assessment,
    call_emergency,
    emergency_page,
    enter_return,
    forum_page,
    forum_returns_page,
    forums_page,
    join_forum,
    meeting_page,
    meetings_page,
    not_referred_page,
    outcomes_page,
    pack_page,
    plan_meeting,
    quarter_page,
    refer_person,
    referrals_page,
    research_page,
    returns_page,
    self_assessment_page,
    sign_return,
    steering_page,
    steering_paper,
)
from marac.views.hearing import agree, call_item, mark_old, share, turn
from marac.views.minutes import all_minutes, minutes_page, minutes_paper
from marac.views.paper import case_paper
from marac.views.room import attendance_page, room_fresh, room_page

urlpatterns = [
    path("marac/forums/", forums_page, name="forums"),
    path("marac/forums/<int:pk>/", forum_page, name="forum"),
    path("marac/forums/<int:pk>/agency/", join_forum, name="forum-join"),
    # --- referrals (M1) ---
    path("marac/referrals/", referrals_page, name="marac-referrals"),
    path("marac/referrals/<int:pk>/people/<slug:kind>/", refer_person, name="refer-person"),
    path("marac/not-referred/", not_referred_page, name="not-referred"),
    path("agency/marac-referrals/", agency_referrals_page, name="agency-referrals"),
    # --- agenda, research, packs ---
    path("marac/meetings/", meetings_page, name="meetings"),
    path("marac/meetings/<int:pk>/", meeting_page, name="meeting"),
    path("marac/forums/<int:pk>/meeting/", plan_meeting, name="meeting-plan"),
    path("marac/packs/<int:pk>/", pack_page, name="pack"),
    path("agency/research/", research_page, name="agency-research"),
    # --- the meeting room and its minutes ---
    path("marac/meetings/<int:pk>/room/", room_page, name="meeting-room"),
    path("marac/meetings/<int:pk>/room/fresh/", room_fresh, name="room-fresh"),
    path("marac/meetings/<int:pk>/attendance/", attendance_page, name="attendance"),
    path("marac/meetings/<int:pk>/minutes/", all_minutes, name="meeting-minutes"),
    path("marac/items/<int:pk>/call/", call_item, name="call-item"),
    path("marac/items/<int:pk>/paper/", case_paper, name="room-case-paper"),
    path("marac/hearings/<int:pk>/timer/", turn, name="hearing-timer"),
    path("marac/hearings/<int:pk>/actions/", agree, name="hearing-agree"),
    path("marac/hearings/<int:pk>/share/", share, name="hearing-share"),
    path("marac/hearings/<int:pk>/old/<int:action>/", mark_old, name="hearing-mark"),
    path("marac/minutes/<int:pk>/", minutes_page, name="minutes"),
    path("marac/minutes/<int:pk>/paper/", minutes_paper, name="minutes-paper"),
    # --- what was taken on ---
    path("agency/actions/", agency_actions_page, name="agency-actions"),
    path("marac/actions/", actions_page, name="forum-actions"),
    path("marac/actions/report/", steering_page, name="steering-report"),
    path("marac/actions/<int:pk>/", action_page, name="forum-action"),
    path("marac/referrals/<int:pk>/action/", agree_action, name="forum-action-agree"),
    path("marac/referrals/<int:pk>/emergency/", call_emergency, name="emergency-call"),
    path("marac/emergencies/<int:pk>/", emergency_page, name="forum-emergency"),
    # --- figures ---
    path("marac/steering-papers/<int:pk>/", steering_paper, name="steering-paper"),
    path("marac/forums/<int:pk>/attendance/", attending_page, name="forum-attendance"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/paper/", ask_steering_paper, name="steering-paper-ask"),
    path("marac/returns/", returns_page, name="returns"),
    path("marac/forums/<int:pk>/returns/", forum_returns_page, name="forum-returns"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/", quarter_page, name="forum-quarter"),
    path("marac/forums/<int:pk>/outcomes/", outcomes_page, name="forum-outcomes"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/sign/", sign_return, name="quarter-return-sign"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/enter/", enter_return, name="quarter-return-enter"),
    path("marac/forums/<int:pk>/self-assessment/", begin_self_assessment, name="self-assessment-begin"),
    path("marac/self-assessments/<int:pk>/", self_assessment_page, name="self-assessment"),
]
