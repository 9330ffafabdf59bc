"""Addresses of papers: a reference or a number, never a name."""

from django.urls import path

from reporting import views
from reporting.answers import pages as answers
from reporting.checks import pages as checks
from reporting.disclosures import pages as disclosures
from reporting.equality import pages as equality
from reporting.explorer import leaving, pages
from reporting.extract import pages as extract
from reporting.feedback import pages as feedback
from reporting.feedback import pages_of_others as others
from reporting.feedback import pages_of_surveys as surveys
from reporting.figures.cases import cases_page
from reporting.figures.leaving import figure_file
from reporting.figures.notes import note_page, notes_page
from reporting.figures.pages import figure_page, figures_page
from reporting.forums.entering import entering_page
from reporting.forums.leaving import quarter_file, template_file
from reporting.links import pages as links
from reporting.outside import pages as outside
from reporting.packs import owned_pages as owned
from reporting.packs import pages as packs
from reporting.quality import pages as quality

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
    # --- what inspectors ask; how good the record is ---
    path("figures/answers/", answers.answers_page, name="answers"),
    path("figures/answers/<slug:code>/", answers.answer_page, name="answer"),
    path("figures/answers/<slug:code>/file/", answers.answer_file, name="answer-file"),
    path("figures/answers/<slug:code>/outside/", answers.outside_page, name="answer-outside"),
    path("figures/answers/<slug:code>/outside/file/", answers.outside_file, name="answer-outside-file"),
    path("figures/quality/", quality.quality_page, name="quality"),
    path("figures/quality/file/", quality.quality_file, name="quality-file"),
    path("figures/quality/<slug:code>/", quality.check_page, name="quality-check"),
    path("figures/quality/<slug:code>/cases/", quality.cases_page, name="quality-cases"),
    # --- measures ---
    path("figures/", figures_page, name="figures"),
    path("figures/notes/", notes_page, name="context-notes"),
    path("figures/notes/<int:pk>/", note_page, name="context-note"),
    path("figures/<slug:code>/", figure_page, name="figure"),
    path("figures/<slug:code>/cases/", cases_page, name="figure-cases"),
    path("figures/<slug:code>/file/<slug:kind>/", figure_file, name="figure-file"),
    # --- packs, and whose a measure is ---
    path("packs/", packs.packs_page, name="snapshots"),
    path("packs/new/", packs.new_page, name="snapshot-new"),
    path("packs/<int:pk>/", packs.snapshot_page, name="snapshot"),
    path("packs/<int:pk>/progress/", packs.snapshot_progress, name="snapshot-progress"),
    path("packs/<int:pk>/file/", packs.snapshot_file, name="snapshot-file"),
    path("packs/<int:pk>/figures/", packs.snapshot_figures, name="snapshot-figures"),
    path("figures/<slug:code>/paper/", packs.figure_paper, name="figure-paper"),
    path("figures/<slug:code>/owner/", owned.owner_page, name="figure-owner"),
    path("figures/<slug:code>/owner/new/", owned.name_owner, name="figure-owner-new"),
    path("figures/<slug:code>/said/", owned.said_page, name="figure-said"),
    path("figures/<slug:code>/said/new/", owned.say_of, name="figure-said-new"),
    # --- who did and saw what ---
    path("audit/", pages.explorer_page, name="audit"),
    path("audit/unusual/", pages.unusual_page, name="audit-unusual"),
    path("audit/accesses/", pages.concerns_page, name="concerns"),
    path("audit/export/", leaving.export_page, name="audit-export"),
    path("exports/<int:pk>/", leaving.export_taken, name="export"),
    path("exports/<int:pk>/progress/", leaving.export_progress, name="export-progress"),
    # --- feedback: surveys, partners, consultations, you said we did, reviews with partners ---
    path("feedback/", feedback.feedback_page, name="feedback"),
    path("feedback/you-said/", feedback.you_said_page, name="you-said"),
    path("feedback/findings/<int:pk>/", feedback.finding_page, name="feedback-finding"),
    path("feedback/surveys/", surveys.surveys_page, name="surveys"),
    path("surveys/<int:pk>/", surveys.survey_page, name="survey"),
    path("feedback/questionnaires/", surveys.questionnaires_page, name="questionnaires"),
    path("feedback/questionnaires/<int:pk>/", surveys.questionnaire_page, name="questionnaire"),
    path("feedback/samples/", surveys.samples_page, name="survey-samples"),
    path("feedback/partners/", others.partner_feedback_page, name="partner-feedback"),
    path("feedback/partners/<int:pk>/", others.one_partner_feedback_page, name="partner-feedback-one"),
    path("feedback/consultations/", others.consultations_page, name="consultations"),
    path("feedback/consultations/<int:pk>/", others.consultation_page, name="consultation"),
    path("feedback/consultations/<int:pk>/finding/", others.finding_of_consultation, name="consultation-finding"),
    path("feedback/reviews/", others.reviews_page, name="outcome-reviews"),
    path("feedback/reviews/<int:pk>/", others.review_page, name="outcome-review"),
    path("feedback/reviews/<int:pk>/action/", others.action_of_review, name="outcome-review-action"),
    # --- figures from outside, and the extract ---
    path("outside/", outside.imports_page, name="outside"),
    path("outside/imports/<int:pk>/", outside.import_page, name="outside-import"),
    path("outside/imports/<int:pk>/rejects/", outside.rejects_file, name="outside-rejects"),
    path("outside/reconciled/", outside.reconcile_page, name="outside-reconciled"),
    path("outside/<slug:kind>/", outside.standing_page, name="outside-standing"),
    path("outside/<slug:kind>/new/", outside.bring_in, name="outside-new"),
    path("outside/<slug:kind>/template/", outside.template_file, name="outside-template"),
    path("extracts/", extract.extracts_page, name="extracts"),
    path("extracts/new/", extract.ask_page, name="extract-new"),
    path("extracts/shared/", extract.shared_page, name="shared-figures"),
    path("extracts/shared/file/", extract.shared_file, name="shared-figures-file"),
    path("extracts/dictionary/", extract.dictionary_page, name="extract-dictionary"),
    path("extracts/dictionary/file/", extract.dictionary_file, name="extract-dictionary-file"),
]
