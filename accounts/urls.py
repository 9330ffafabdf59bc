"""Addresses of the lock. Sign-in itself is listed door by door in config."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("lock/", views.lock, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
]
