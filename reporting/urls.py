"""Addresses of papers: a reference or a number, never a name."""

from django.urls import path

from reporting import views
from reporting.equality import pages as equality
from reporting.explorer import leaving, pages

urlpatterns = [
    path("cases/<slug:reference>/case-file/", views.ask_for_case_file, name="case-file"),
    path("documents/<int:pk>/", views.document_page, name="document"),
    path("documents/<int:pk>/progress/", views.document_progress, name="document-progress"),
    path("documents/<int:pk>/file/", views.document_file, name="document-file"),
    path("equality/", equality.equality_page, name="equality"),
    # --- who did and saw what ---
    path("audit/", pages.explorer_page, name="audit"),
    path("audit/unusual/", pages.unusual_page, name="audit-unusual"),
    path("audit/accesses/", pages.concerns_page, name="concerns"),
    path("audit/export/", leaving.export_page, name="audit-export"),
    path("exports/<int:pk>/", leaving.export_taken, name="export"),
    path("exports/<int:pk>/progress/", leaving.export_progress, name="export-progress"),
]
