"""Addresses of people. None holds a name, a birth date or a term that was searched for."""

from django.urls import path

from people.views import person_page, search_page

urlpatterns = [
    path("search/", search_page, name="search"),
    path("people/<int:pk>/", person_page, name="person"),
]
