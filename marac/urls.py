"""Addresses of forums."""

from django.urls import path

from marac.views import (
    agency_referrals_page,
    forum_page,
    forums_page,
    join_forum,
    not_referred_page,
    refer_person,
    referrals_page,
    meeting_page,
    meetings_page,
    pack_page,
    plan_meeting,
    research_page,
)
from marac.views.hearing import agree, call_item, mark_old, share, turn
from marac.views.minutes import all_minutes, minutes_page, minutes_paper
from marac.views.room import attendance_page, room_fresh, room_page

urlpatterns = [
    path("marac/forums/", forums_page, name="forums"),
    path("marac/forums/<int:pk>/", forum_page, name="forum"),
    path("marac/forums/<int:pk>/agency/", join_forum, name="forum-join"),
    # --- referrals (M1) ---
    path("marac/referrals/", referrals_page, name="marac-referrals"),
    path("marac/referrals/<int:pk>/people/<slug:kind>/", refer_person, name="refer-person"),
    path("marac/not-referred/", not_referred_page, name="not-referred"),
    path("agency/referrals/", agency_referrals_page, name="agency-referrals"),
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
    path("marac/hearings/<int:pk>/timer/", turn, name="hearing-timer"),
    path("marac/hearings/<int:pk>/actions/", agree, name="hearing-agree"),
    path("marac/hearings/<int:pk>/share/", share, name="hearing-share"),
    path("marac/hearings/<int:pk>/old/<int:action>/", mark_old, name="hearing-mark"),
    path("marac/minutes/<int:pk>/", minutes_page, name="minutes"),
    path("marac/minutes/<int:pk>/paper/", minutes_paper, name="minutes-paper"),
]
