"""Addresses of the lock and of one's own sessions. Sign-in itself is listed door by door in config."""

from django.urls import path

from accounts import languages, views

urlpatterns = [
    path("lock/", views.lock, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
    path("sessions/", views.sessions_page, name="sessions"),
    path("sessions/end-others/", views.end_others, name="end_others"),
    path("sessions/<slug:handle>/end/", views.end_session, name="end_session"),
    path("language/", languages.choose_language, name="language"),
]
