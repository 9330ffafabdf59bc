"""Addresses of papers: a reference or a number, never a name."""

from django.urls import path

from reporting import views
from reporting.checks import pages as checks
from reporting.disclosures import pages as disclosures
from reporting.equality import pages as equality
from reporting.explorer import leaving, pages
from reporting.forums.entering import entering_page
from reporting.forums.leaving import quarter_file, template_file
from reporting.links import pages as links

urlpatterns = [
    path("cases/<slug:reference>/case-file/", views.ask_for_case_file, name="case-file"),
    path("briefs/<slug:about>/<int:pk>/paper/", views.ask_for_brief, name="brief-paper"),
    path("people/<int:pk>/narrative/paper/", views.ask_for_narrative, name="narrative-paper"),
    path("people/<int:one>/with/<int:other>/paper/", views.ask_for_pair, name="pair-paper"),
    path("marac/packs/<int:pk>/paper/", views.ask_for_pack, name="pack-paper"),
    path("documents/<int:pk>/", views.document_page, name="document"),
    path("documents/<int:pk>/progress/", views.document_progress, name="document-progress"),
    path("documents/<int:pk>/file/", views.document_file, name="document-file"),
    path("quality-checks/", checks.trends_page, name="quality-checks"),
    path("equality/", equality.equality_page, name="equality"),
    path("links/", links.links_page, name="links"),
    path("links/file/", links.links_file, name="links-file"),
    path("links/data-quality/", links.quality_page, name="data-quality"),
    path("links/<slug:pattern>/<slug:group>/", links.links_cases, name="links-cases"),
    # --- figures of forums ---
    path("marac/returns/entering/", entering_page, name="returns-entering"),
    path("marac/returns/template/<slug:kind>/", template_file, name="returns-template"),
    path("marac/forums/<int:pk>/returns/<slug:quarter>/file/<slug:kind>/", quarter_file, name="quarter-file"),
    # --- Clare’s Law ---
    path("cases/<slug:reference>/decision-record/", views.ask_for_decision_record, name="decision-record"),
    path("looking-back/figures/", disclosures.statistics_page, name="disclosure-statistics"),
    path("looking-back/figures/file/", disclosures.statistics_file, name="disclosure-statistics-file"),
    # --- who did and saw what ---
    path("audit/", pages.explorer_page, name="audit"),
    path("audit/unusual/", pages.unusual_page, name="audit-unusual"),
    path("audit/accesses/", pages.concerns_page, name="concerns"),
    path("audit/export/", leaving.export_page, name="audit-export"),
    path("exports/<int:pk>/", leaving.export_taken, name="export"),
    path("exports/<int:pk>/progress/", leaving.export_progress, name="export-progress"),
]
