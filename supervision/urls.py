"""Addresses of queues, notices, clocks and probes."""

from django.urls import path

from supervision import views

urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("team/", views.team_queue, name="team-queue"),
    path("notices/", views.notices_page, name="notices"),
    path("notices/read/", views.read_all, name="notices-read"),
    path("notices/<int:pk>/", views.notice_page, name="notice"),
    path("clocks/", views.clocks_page, name="clocks"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
]
