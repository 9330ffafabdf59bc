"""Addresses of Clare's Law."""

from django.urls import path

from dvds.views.application import application_page
from dvds.views.board import board_page

urlpatterns = [
    # --- board and application page (B) ---
    path("clares-law/", board_page, name="clares-law"),
    path("considerations/<str:reference>/", application_page, name="consideration"),
]
