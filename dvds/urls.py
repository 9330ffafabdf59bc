"""Addresses of Clare’s Law for staff: none says a name, or what it is about."""

from django.urls import path

from dvds.views.tellings import final_report_page, final_reports_page, telling_page

urlpatterns = [
    # --- the forum and the telling
    path("considerations/tellings/<int:pk>/", telling_page, name="telling"),
    path("considerations/reports/", final_reports_page, name="final-reports"),
    path("considerations/reports/<int:pk>/", final_report_page, name="final-report"),
]
