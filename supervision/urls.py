"""Addresses of queues, notices, clocks and probes."""

from django.urls import include, path

from supervision import api, views
from supervision.views import system_accounts, training
from supervision.views.exceptions import exceptions_page
from supervision.views.serial import serial_page, serial_plans_page

administration = [
    path("", views.administration.administration_page, name="administration"),
    path("people/", views.administration.people_page, name="administration-people"),
    path("people/<int:pk>/", views.administration.person_page, name="administration-person"),
    path("people/<int:pk>/code/", views.administration.code_page, name="administration-code"),
    path("people/<int:pk>/posting/<slug:step>/", views.administration.post_person, name="administration-post"),
    path("units/", views.administration.units_page, name="administration-units"),
    path("units/<int:pk>/", views.administration.unit_page, name="administration-unit"),
    path("postings/", views.administration.postings_page, name="administration-postings"),
    path("postings/<int:pk>/<slug:step>/", views.administration.change_posting, name="administration-posting"),
    path("holidays/", views.administration.holidays_page, name="administration-holidays"),
    path("holidays/<int:pk>/", views.administration.holiday_page, name="administration-holiday"),
    path("numbers/", views.administration.numbers_page, name="administration-thresholds"),
    path("lists/", views.administration.lists_page, name="administration-lists"),
    path("instruments/", views.administration.instruments_page, name="administration-instruments"),
    path("instruments/<int:pk>/", views.administration.version_page, name="administration-version"),
    path("training/", training.training_page, name="administration-training"),
    path("training/<int:pk>/", training.training_of, name="training-of"),
]

urlpatterns = [
    path("administration/", include(administration)),
    path("sign-in/first-password/", views.administration.first_password, name="first-password"),
    path("", views.my_work, name="my-work"),
    path("team/", views.team_queue, name="team-queue"),
    path("team/held-by-nobody/", views.nobodys_page, name="held-by-nobody"),
    path("team/same-person/", views.duplicates_page, name="duplicates"),
    path("team/no-arrest/", views.no_arrest_page, name="no-arrest"),
    path("team/risk-reviews/", views.risk_reviews.risk_reviews_page, name="risk-reviews"),
    path("stalking/", views.stalking_page, name="stalking"),
    path("team/plans-to-approve/", views.plans_to_approve_page, name="plans-to-approve"),
    path("team/plans-to-review/", views.plans_to_review_page, name="plans-to-review"),
    # --- how somebody works their queue ---
    path("team/several/", views.several_page, name="several"),
    path("queue-view/<slug:queue>/", views.keep_view, name="queue-view"),
    path("keyboard/", views.keyboard_page, name="keyboard"),
    # ---
    path("bureau/", views.bureau_page, name="bureau"),
    path("board/", views.board.board_page, name="board"),
    path("board/live/", views.board.board_page, {"live": True}, name="board-live"),
    path("board/<slug:name>/", views.board.call_list, name="call-list"),
    path("notices/", views.notices_page, name="notices"),
    path("notices/read/", views.read_all, name="notices-read"),
    path("notices/<int:pk>/", views.notice_page, name="notice"),
    path("notices/<int:pk>/mark/", views.mark_notice, name="notice-mark"),
    path("notices/mail/", views.preferences_page, name="notice-preferences"),
    path("health/", views.monitors_page, name="monitors"),
    path("features/", views.features_page, name="features"),
    path("clocks/", views.clocks_page, name="clocks"),
    path("systems/", system_accounts.system_accounts_page, name="system-accounts"),
    path("systems/<int:pk>/", system_accounts.system_account_page, name="system-account"),
    path("systems/<int:pk>/tokens/new/", system_accounts.issue_token, name="issue-token"),
    path("systems/<int:pk>/webhooks/new/", system_accounts.subscribe, name="subscribe-webhook"),
    path("api/v1/notices/", api.Notices.as_view(), name="api-notices"),
    path("definitions/", views.definitions.definitions_page, name="definitions"),
    path("definitions/not-read/", views.definitions.not_read_page, name="definitions-not-read"),
    path("repeat-victims/", views.repeat_victims.repeat_victims_page, name="repeat-victims"),
    path("repeat-victims/plans/", views.repeat_victims.repeat_plans_page, name="repeat-plans"),
    # --- what cases decide ---
    path("team/exceptions/", exceptions_page, name="exceptions"),
    path("serial-perpetrators/", serial_page, name="serial"),
    path("serial-perpetrators/plans/", serial_plans_page, name="serial-plans"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility_page, name="accessibility"),
    path("privacy/", views.privacy_page, name="privacy"),
    path("healthz", views.livez, name="healthz"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
]
