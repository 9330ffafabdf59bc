"""Addresses of people. None holds a name, a birth date or a term that was searched for."""

from django.urls import path

from people.views import (
    duplicate_page,
    end_search,
    person_page,
    place_page,
    same_as_page,
    save_search_page,
    saved_page,
    saved_search_page,
    search_page,
)

urlpatterns = [
    path("search/", search_page, name="search"),
    path("search/saved/", saved_page, name="saved-searches"),
    path("search/saved/new/", save_search_page, name="save-search"),
    path("search/saved/<int:pk>/", saved_search_page, name="saved-search"),
    path("search/saved/<int:pk>/end/", end_search, name="end-search"),
    path("people/pairs/<int:pk>/", duplicate_page, name="duplicate"),
    path("people/<int:pk>/same-as/", same_as_page, name="same-as"),
    path("people/<int:pk>/", person_page, name="person"),
    path("people/<int:pk>/narrative/", person_page, {"tab": "narrative"}, name="person-narrative"),
    path("people/<int:pk>/with/", person_page, {"tab": "with"}, name="person-with"),
    path("people/<int:pk>/addresses/", person_page, {"tab": "addresses"}, name="person-addresses"),
    path("people/<int:pk>/systems/", person_page, {"tab": "systems"}, name="person-systems"),
    path("places/<int:pk>/", place_page, name="place"),
]
