"""Addresses made from the tables. None holds a name, a date of birth or a term that was searched for."""

from django.urls import include, path

from workflow.due import due_question
from workflow.pages.begin import begin_page
from workflow.pages.dates import deadline_page
from workflow.pages.decisions import decision_page
from workflow.pages.records import record_page, step_page
from workflow.pages.rows import add_row, change_row, strike_row
from workflow.pages.sections import autosave, section_page

urlpatterns = [
    path("api/v1/", include("workflow.api.urls")),
    path("when-would-it-be-due/", due_question, name="due-question"),
    path("deadlines/<int:pk>/", deadline_page, name="deadline"),
    path("kept/", autosave, name="autosave"),
    path("work/<slug:workflow>/new/<slug:step>/", begin_page, name="begin"),
    path("work/<slug:workflow>/new/<slug:step>/in/<int:folder>/", begin_page, name="begin-in"),
    path("work/<slug:workflow>/<int:pk>/", record_page, name="record"),
    path("work/<slug:workflow>/<int:pk>/sections/<slug:section>/", section_page, name="section"),
    path("work/<slug:workflow>/<int:pk>/rows/<slug:kind>/", add_row, name="add-row"),
    path("work/<slug:workflow>/<int:pk>/rows/<slug:kind>/<int:row>/", change_row, name="change-row"),
    path("work/<slug:workflow>/<int:pk>/rows/<slug:kind>/<int:row>/strike/", strike_row, name="strike-row"),
    path("work/<slug:workflow>/<int:pk>/decide/<slug:of>/", decision_page, name="decide"),
    path("work/<slug:workflow>/<int:pk>/<slug:step>/", step_page, name="step"),
]
