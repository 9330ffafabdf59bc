"""Addresses of papers: a reference or a number, never a name."""

from django.urls import path

from reporting import views

urlpatterns = [
    path("cases/<slug:reference>/case-file/", views.ask_for_case_file, name="case-file"),
    path("documents/<int:pk>/", views.document_page, name="document"),
    path("documents/<int:pk>/progress/", views.document_progress, name="document-progress"),
    path("documents/<int:pk>/file/", views.document_file, name="document-file"),
]
