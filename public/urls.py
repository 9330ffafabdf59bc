"""The addresses of the public page: all there are. None says what the page is about."""

from django.urls import path

from public import pages

handler400 = "public.pages.unreadable"
handler403 = "public.pages.unreadable"
handler404 = "public.pages.nowhere"
handler500 = "public.pages.fault"
urlpatterns = [
    path("", pages.page, name="page"),
    path("again/<slug:language>/", pages.again, name="again"),
    path("stay/", pages.stay, name="stay"),
    path("livez", pages.alive, name="livez"),
]
