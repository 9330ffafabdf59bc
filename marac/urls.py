"""Addresses of forums."""

from django.urls import path

from marac.views import forum_page, forums_page, join_forum

urlpatterns = [
    path("marac/forums/", forums_page, name="forums"),
    path("marac/forums/<int:pk>/", forum_page, name="forum"),
    path("marac/forums/<int:pk>/agency/", join_forum, name="forum-join"),
]
