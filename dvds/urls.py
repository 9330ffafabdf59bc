"""Addresses of Clare’s Law: none says what it is."""

from django.urls import path

from dvds.views.looking import second_looks_page

urlpatterns = [
    # --- looking back (X) ---
    path("looking-back/second-look/", second_looks_page, name="second-looks"),
]
