"""What stands in every column of text: the table that the training copy and the data dictionary are made from.

A column of text that is not in the table fails a test. Row histories follow the model they are the history of.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from enum import Enum
from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model


class Kind(Enum):
    """What is in a column, as the dictionary says it. The value says whether it is about somebody."""

    CODE = "no"  # ours, or the law's, or a machine's
    FORENAME = "a name"
    SURNAME = "a surname"
    TITLE = "a rank"
    USERNAME = "how somebody signs in"
    COLLAR = "a collar number"
    EMAIL = "a mail address"
    ADDRESS = "an address"
    POSTCODE = "a postcode"
    TELEPHONE = "a telephone number"
    PLATE = "the registration of a vehicle"
    HANDLE = "the name of an account"
    NUMBER = "a number by which a record knows somebody"
    DAY = "a day in a life"
    SPAN = "a day in a life, before or after another of its row"
    SPECIAL = "what somebody says of themselves"
    WORDS = "free text: anything"
    DATA = "free text in fields: anything"
    REFERENCE = "the number of a case"
    SECRET = "a secret, or what one was made from"  # noqa: S105 - what the dictionary says


C, W = Kind.CODE, Kind.WORDS
# fmt: off
TABLE: dict[str, dict[str, Kind]] = {
    "accounts.Unit":            {"name": C, "code": C},
    "accounts.User":            {"password": Kind.SECRET, "username": Kind.USERNAME, "first_name": Kind.FORENAME, "last_name": Kind.SURNAME, "email": Kind.EMAIL, "collar_number": Kind.COLLAR, "rank": C},
    "accounts.Attempt":         {"login": Kind.USERNAME, "address": Kind.SECRET},
    "accounts.Invitation":      {"digest": Kind.SECRET},
    "accounts.Session":         {"session_key": Kind.SECRET, "session_data": Kind.SECRET, "browser": C},
    "accounts.SystemAccount":   {"purpose": W, "contact": W, "roles": C},
    "accounts.Token":           {"name": W, "digest": Kind.SECRET, "ends_with": Kind.SECRET},
    "accounts.Training":        {"passed_on": C, "valid_until": C},
    "audit.Event":              {"name": C, "subject_type": C, "changes": Kind.DATA, "previous": Kind.SECRET, "digest": Kind.SECRET},
    "audit.Seal":               {"previous": Kind.SECRET, "digest": Kind.SECRET},
    "audit.Access":             {"what": C, "reason_code": C, "reason": W, "terms": W, "session": Kind.SECRET, "address": Kind.SECRET},
    "dvds.Wording":             {"words": C, "valid_from": C, "authority": C},
    "workflow.Approval":        {"subject_type": C, "of": C, "evidence": Kind.DATA, "reason": W},
    "workflow.Deadline":        {"subject_type": C, "policy": C, "profile": C, "length": C, "source_type": C, "dropped_because": W},
    "workflow.DueChange":       {"why": W},
    "workflow.Draft":           {"path": C, "data": Kind.DATA},
    "workflow.Once":            {"key": C, "answer": Kind.DATA},
    "workflow.FlagSetting":     {"flag": C, "reason": W},
    "workflow.Holiday":         {"on": C, "name": C, "source": C},
    "workflow.Outbox":          {"reaction": C, "last_error": C},
    "workflow.ReferenceEntry":  {"code": C, "label": C, "hint": C, "since": C, "until": C},
    "workflow.PolicySetting":   {"policy": C, "profile": C, "valid_from": C, "within": C, "ladder": C, "authority": C},
    "people.Birth":             {"born_on": Kind.DAY},
    "people.Merge":             {"reason": W, "undone_reason": W},
    "people.MovedRow":          {"table": C, "column": C},
    "people.PersonName":        {"forename": Kind.FORENAME, "surname": Kind.SURNAME},
    "people.NameWord":          {"word": Kind.SURNAME},
    "people.Address":           {"line": Kind.ADDRESS, "postcode": Kind.POSTCODE, "since": Kind.SPAN, "until": Kind.SPAN},
    "people.Telephone":         {"number": Kind.TELEPHONE},
    "people.Vehicle":           {"plate": Kind.PLATE, "looks": W},
    "people.Handle":            {"handle": Kind.HANDLE, "said_words": W},
    "people.Identifier":        {"number": Kind.NUMBER, "said_words": W},
    "people.Managed":           {"contact": W, "since": Kind.SPAN, "until": Kind.SPAN, "next_on": C},
    "people.InScheme":          {"contact": W, "why": W, "since": Kind.SPAN, "until": Kind.SPAN},
    "people.WarningMarker":     {"what": W, "said_by": W, "evidence": W, "since": Kind.SPAN, "until": Kind.SPAN, "review_on": C},
    "people.Link":              {"said_words": W, "since": Kind.SPAN, "until": Kind.SPAN},
    "people.Place":             {"key": Kind.ADDRESS},
    "people.Description":       {"answer": Kind.SPECIAL, "said_words": W, "source_code": Kind.SECRET},
    "people.SavedSearch":       {"name": W, "q": W, "forename": Kind.FORENAME, "surname": Kind.SURNAME, "born": W, "place": Kind.ADDRESS, "kinds": C, "why": W},
    "people.SavedHit":          {"kind": C},
    "people.SearchWatch":       {"kind": C},
    "people.Note":              {"about": C, "said_words": W},
    "cases.Case":               {"reference": Kind.REFERENCE},
    "cases.ActionTaken":        {"done_by": W, "what": W},
    "cases.ArrestAttempt":      {"place": Kind.ADDRESS, "more": W},
    "cases.ArrestDecision":     {"state": C, "place": Kind.ADDRESS, "offences": W, "arresting_officer": W, "primary_why": W, "custody_ref": W, "why": W, "attends_on": C, "attended_words": W},
    "cases.ArrestVerdict":      {"reason": W},
    "cases.AccessConcern":      {"code": C, "words": W, "known_words": W, "verdict": C, "finding": W},
    "cases.Brief":              {"resource": W},
    "cases.BriefRead":          {"digest": Kind.SECRET, "told": Kind.SECRET},
    "cases.ImportRun":          {"source": C, "digest": Kind.SECRET},
    "cases.ImportedRow":        {"source": C, "external_id": Kind.SECRET},
    "cases.StaffHome":          {"digest": Kind.SECRET},
    "cases.Call":               {"state": C, "log_ref": W, "caller": W, "telephone": Kind.TELEPHONE, "place": Kind.ADDRESS, "postcode": Kind.POSTCODE, "at_risk": Kind.SURNAME, "suspect": Kind.SURNAME, "said": W, "grade_reason": W, "confirmed_why": W, "marked_why": W, "derived_why": W, "resource": W, "briefed_who": W, "result_why": W, "review_note": W, "critical_what": W},
    "cases.CallAdvice":         {"words": W},
    "cases.CallGrading":        {"reason": W},
    "cases.CallTiming":         {"reason": W},
    "cases.CriticalCheck":      {"note": W, "struck_out_because": C},
    "cases.Incident":           {"state": C, "log_ref": W, "unsafe_what": W, "made_safe": W, "threat_what": W, "severity_why": W, "place": Kind.ADDRESS, "postcode": Kind.POSTCODE, "account": W, "weapon_what": W, "arrested_for": W, "attends_on": C, "no_arrest_reason": W, "no_action_reason": W, "non_crime_why": W, "da_why": W, "definition_version": C, "bwv_why_not_words": W, "bwv_ref": W, "bwv_watched_words": W, "scene_why_not": W, "injuries_what": W, "injuries_why_not": W, "medical_why_not": W, "neighbours_why_not": W},
    "cases.Attachment":         {"state": C, "words": W, "type": C, "digest": Kind.SECRET},
    "cases.Exhibit":            {"state": C, "reference": W, "kept_where": W, "words": W},
    "cases.Device":             {"state": C, "serial": W, "returned_words": W},
    "cases.Footage":            {"why_not_words": W, "ref": W},
    "cases.Involvement":        {"separated_on": Kind.DAY, "tie": W, "silent_because": W, "own_words": W, "wants": W, "fears": W, "interpreter_service": W, "barriers_words": W, "support_person": W, "due_on": Kind.DAY, "saw_what": W, "heard_what": W, "affected_how": W, "demeanour": W, "spoken_by": W, "spoken_with": W, "injuries_what": W, "school": W, "school_lead": W, "social_worker": W, "referred_on": C, "referred_to": W, "referral_ref": W, "encompass_ref": W, "contact_point": W},
    "cases.Offence":            {"code": C, "label": C, "group": C, "ho_class": C, "authority": C},
    "cases.Crime":              {"particulars": W, "cancel_why": W, "became_known": W},
    "cases.NonCrime":           {"why": W},
    "cases.DefinitionSet":      {"text": C, "valid_from": C, "authority": C},
    "cases.RepeatPlan":         {"state": C, "reach": W, "what": W, "ended_because": W},
    "cases.PlanVisit":          {"words": W},
    "cases.CourseEvent":        {"state": C, "words": W, "moved_because": W, "struck_because": W},
    "cases.LoggedDecision":     {"what": W, "information": W, "threat": W, "powers": W, "options": W, "action": W, "ethics": W, "about_type": C},
    "cases.StandardException":  {"state": C, "standard": C, "unmet": W, "why": W, "instead": W, "decided_why": W},
    "cases.LinkedReferral":     {"state": C, "to_whom": W, "reference": W, "asked": W, "answered_by": W, "answer_words": W},
    "cases.SerialPlan":         {"state": C, "because": W, "what": W, "protects": W, "ended_because": W},
    "cases.SerialLook":         {"words": W},
    "cases.Interview":          {"state": C, "aims": W, "topics": W, "to_prove": W, "needs": W, "who": W, "summary": W, "kept_where": W, "follow_up": W},
    "cases.Outcome":            {"rationale": W, "appropriate": W, "unmet": C, "why_still": W, "override": W},
    "cases.SetMarker":          {"why": W, "cleared_why": W},
    "cases.FactAsked":          {"fact": C},
    "cases.UnsafeReport":       {"what": W, "answer": W},
    "cases.SafeContact":        {"call": Kind.TELEPHONE, "text_to": Kind.TELEPHONE, "email": Kind.EMAIL, "meet_at": Kind.ADDRESS, "through": W, "unknown_why": W, "when": W, "may_answer": W, "if_answered_by_another": W, "never_numbers": W, "never_use": W, "code_word": W, "language": W, "valid_until": C, "changed_because": W},
    "cases.SafetyWarning":      {"what": W},
    "cases.HouseholdMember":    {"who": Kind.SURNAME, "relation": W, "done": W},
    "cases.Presence":           {"subject_type": C, "place": C},
    "cases.LinkedStrand":       {"system": W, "reference": W, "note": W},
    "cases.ThreatToLife":       {"state": C, "what": W, "moved_why": W, "inspector_why": W, "armed_why": W, "sought_why": W, "warning_why": W, "marker_why": W, "known": W, "article_2": W, "article_3": W, "article_8": W, "decision": W, "closed_because": W},
    "cases.CheckedSystem":      {"code": C, "label": C, "who": C, "hint": C, "authority": C},
    "cases.SystemCheck":        {"state": C, "names": Kind.SURNAME, "births": Kind.SECRET, "places": Kind.ADDRESS, "checked_by": W, "reference": W, "result": W, "struck_because": W},
    "cases.Intelligence":       {"state": C, "place": Kind.ADDRESS, "postcode": Kind.POSTCODE, "provenance_words": W, "conditions": W, "original": W, "sanitised": W, "review_on": C, "note": W, "returned_because": W, "bureau_ref": W, "struck_because": W},
    "cases.Task":               {"state": C, "kind": C, "why": W, "owed_by": C, "about_type": C, "outcome": W},
    "cases.Safeguarding":       {"what": W},
    "cases.ShutOut":            {"reason": W},
    "dvds.AgencyAsked":         {"answer": W, "basis": W, "not_asked_because": W, "who": W},
    "dvds.Application":         {"child_scheme_reference": W, "crime_reference": W, "danger_words": W, "feared_words": W, "information_grade": C, "intelligence_ref": W, "prompted": W, "source_grade": C, "source_words": W, "subject_told_because": W, "support_words": W},
    "dvds.Categorised":         {"despite": W, "reasons": W, "recipient": W, "representations_because": W, "wording": W},
    "dvds.Conclusion":          {"retention_group": C, "support": W, "words": W},
    "dvds.ContactAttempt":      {"allowed_because": W, "outside": W, "where": W, "words": W},
    "dvds.ContactLeave":        {"because": W, "where": W},
    "dvds.Delay":               {"holding_plan": W, "policy": C, "words": W},
    "dvds.Exceptional":         {"decided_why": W, "from_on": C, "state": C, "to_on": C, "words": W},
    "dvds.FaceToFace":          {"attended": W, "further": W, "identity_words": W, "interim": W, "interpreter": W, "malice_because": W, "not_identified_because": W, "place": W, "wishes": W},
    "dvds.FinalReport":         {"agencies": W, "payload": Kind.DATA, "reference": W, "review_on": C, "state": C},
    "dvds.ForceTransfer":       {"answer_words": W, "answered_by": W, "contact": W, "force": C, "state": C, "their_reference": C, "why": W},
    "dvds.ForumDecision":       {"dissent": W, "how": W, "left_out": W, "management": W, "missing": W, "reasons": W, "representations_because": W, "subject_because": W, "until": C, "words": W},
    "dvds.FullAssessment":      {"children": W, "gaps": W, "judgement": W, "no_dash_because": W},
    "dvds.Intake":              {"asker": W, "at_risk": W, "danger_words": W, "language": W, "never": W, "safe_means": W, "safe_place": W, "safe_times": W, "set_aside_because": W, "subject": W, "why": W},
    "dvds.Management":          {"owner_words": W, "reasons": W, "review_on": C},
    "dvds.NoTrace":             {"not_tried": W, "not_tried_because": W, "returned_because": W, "state": C, "tried": W},
    "dvds.NothingToTell":       {"by_whom": W, "concerns": W, "place": W, "support": W, "words_used": W},
    "dvds.Party":               {"connection": W, "lives_with": W, "marks": W, "past_addresses": W, "school": W, "work": W},
    "dvds.ProfileFrom":         {"authority": C, "from_on": C},
    "dvds.Ratification":        {"words": W},
    "dvds.SatAtForum":          {"who": W, "words": W},
    "dvds.SecondLook":          {"drawn_for": C, "reasons_given": C, "searches_whole": C, "seed": C, "state": C, "words": W},
    "dvds.Telling":             {"by_whom": W, "called": W, "follow_up": W, "identity": W, "place": W, "reconsidered_because": W, "refused_because": W, "response": W, "role": W, "signature": W, "state": C, "text": W, "why": W, "why_not": W},
    "dvds.TestAnswer":          {"reason": W},
    "dvds.Trace":               {"assessment": C, "force": C, "handling": C, "happened_on": Kind.DAY, "may_be_told": W, "of_whom": W, "source": C, "spent_on": Kind.SPAN, "words": W},
    "dvds.Triage":              {"because_of": W, "information": W, "judged": W, "options": W, "reach_how": W},
    "dvds.Unavailable":         {"why": W},
    "dvds.PublicRequest":       {"danger": C, "asks_as": C, "at_risk": Kind.SURNAME, "subject": Kind.SURNAME, "why": W, "feared": C, "safe_means": W, "safe_place": Kind.ADDRESS, "safe_times": W, "never": W, "asker": Kind.SURNAME, "language": Kind.SPECIAL},
    "marac.AgendaItem":        {"kind": C, "late_because": W, "moved_because": W, "subject_type": C, "taken_off_because": W},
    "marac.Attendance":        {"name": Kind.SURNAME},
    "marac.Forum":             {"area": C, "name": C, "venue": C, "women_source": C},
    "marac.EmergencyCall":     {"came_of_it": W, "how": W, "state": C, "why": W},
    "marac.ForumAction":       {"answers": W, "evidence": W, "state": C, "wants_because": W, "what": W, "who": W, "why_not": W, "worth_words": W},
    "marac.ForumMember":       {"since": C, "until": C},
    "marac.ForumTerms":        {"authority": C, "valid_from": C},
    "marac.Hearing":           {"flag_until": C, "harm": W, "likely": W, "outcome_because": W, "recommends": C, "risks": W, "state": C, "tells_by": C, "tells_where": W, "tells_who": W, "told_words": W, "worse": W},
    "marac.Addendum":          {"words": W},
    "marac.Meeting":           {"cancelled_because": W, "venue": C},
    "marac.MinutesCopy":       {"said": Kind.DATA, "digest": Kind.SECRET},
    "marac.MinutesPaper":      {"pdf": Kind.DATA, "digest": Kind.SECRET},
    "marac.FigureBand":        {"figure": C, "valid_from": C, "authority": C},
    "marac.SteeringPaper":     {"pdf": Kind.DATA, "digest": Kind.SECRET, "begins_on": C},
    "marac.NationalValue":     {"begins_on": C, "figure": C, "place": C, "source": C},
    "marac.NotReferred":       {"decided_why": W, "state": C, "words": W},
    "marac.Pack":              {"said": Kind.DATA, "withheld": C},
    "marac.QuarterReturn":     {"begins_on": C, "figures": C, "words": W},
    "marac.Referral":          {"afraid_of": W, "changed": W, "closed_because": W, "contact": W, "done_already": W, "flag_until": C, "history": W, "home": W, "judgement": W, "latest": W, "necessity": W, "no_consent_because": W, "not_aware_because": W, "not_to_tell": W, "repeat_because": W, "returned_because": W, "safe_contact": W, "safe_to_tell": W, "support": W, "wishes": W},
    "marac.ReferralReturned":  {"words": W},
    "marac.ReferredPerson":    {"connection": W, "lives_with": W, "mappa": C, "school": W, "standing": W},
    "marac.Research":          {"attends": W, "involved": W, "last_contact_on": Kind.DAY, "protects": W, "searched": W, "staff_safety": W, "state": C, "suggests": W},
    "marac.ResearchLine":      {"held_because": W, "on": Kind.DAY, "source": W, "words": W},
    "marac.SelfAssessment":    {"answers": Kind.DATA, "on": C, "plan": W},
    "marac.Shared":            {"said_by": W, "words": W},
    "marac.Transfer":          {"adviser": W, "elsewhere": W, "heard_there_on": Kind.DAY, "state": C, "why": W},
    # --- Clare’s Law: special cases and looking back (X) ---
    "dvds.Conversion":          {"words": W},
    "dvds.Death":               {"died_on": Kind.DAY, "family": W, "source": W, "told": W},
    "dvds.Number":              {"authority": C, "valid_from": C},
    "dvds.StaffTold":           {"name": Kind.SURNAME, "words": W},
    "dvds.Withdrawal":          {"pressed_words": W, "review": W, "said_to": W, "why": W},
    "safeguarding.Agency":      {"area": C, "pathway": C, "email": C, "telephone": C, "out_of_hours": C},
    "safeguarding.Agreement":   {"edition": C, "signed_on": C, "review_on": C, "signatory": C, "protection_officer": C, "purpose": C, "basis": C, "ended_on": C},
    "safeguarding.Encompass":   {"decided_because": W, "late_words": W, "not_sent_because": W, "received_by": W, "reference": W, "state": C},
    "safeguarding.EncompassLetter": {"asks": W, "changed": W, "content": Kind.DATA, "mail_to": Kind.EMAIL},
    "safeguarding.EncompassTerms": {"authority": C, "valid_from": C},
    "safeguarding.Establishment": {"email": Kind.EMAIL, "name": C, "telephone": Kind.TELEPHONE, "town": C, "urn": C, "verified_on": C},
    "safeguarding.KeyAdult":    {"email": Kind.EMAIL, "name": Kind.SURNAME, "since": C, "telephone": Kind.TELEPHONE, "trained_on": C, "until": C},
    "safeguarding.LocalAuthority": {"basis": C, "name": C},
    "safeguarding.SchoolDates": {"from_on": C, "to_on": C, "words": C},
    # --- referrals to others ---
    "safeguarding.Service":     {"name": C, "what": C, "area": C, "how": C, "telephone": C, "opening": C, "verified_on": C},
    "safeguarding.OnwardReferral": {"about": W, "acknowledged_by": W, "decision_words": W, "caseworker": W, "strategy_words": W, "outcome_words": W, "consent_because": W, "untold_because": W, "shared": W, "vital_because": W, "phoned_whom": W, "capacity_words": W, "wishes": W, "not_sent_because": W, "state": C},
    "safeguarding.ProgrammeLook": {"words": W},
    "safeguarding.Exchange":    {"whom": W, "what": W, "vital_because": W, "acknowledged_by": W, "state": C},
    "safeguarding.JointAction": {"whom": W, "what": W, "ours": W, "due_on": C, "outcome": W, "state": C},
    "safeguarding.ReferralReceived": {"about": W, "words": W, "because": W, "reach": W, "contact": W, "acknowledged_by": W, "decision_words": W, "caseworker": W, "strategy_words": W, "outcome_words": W, "danger": W, "closed_because": W},
    "safeguarding.Attempt":     {"words": W},
    # ---
    "risk.Instrument":          {"code": C, "name": C},
    "risk.InstrumentVersion":   {"valid_from": C, "valid_to": C, "source": C, "sha256": C, "bands": C},
    "risk.InstrumentUse":       {"valid_from": C, "authority": C},
    "risk.Section":             {"key": C, "label": C},
    "risk.Question":            {"key": C, "label": C, "help": C, "prompt": C, "counts_toward": C, "options": C},
    "risk.Assessment":          {"state": C, "stopped_words": W, "honour_words": W, "reasons": W},
    "risk.Answer":              {"label": C, "value": C, "said_as": C, "text": W},
    "risk.Explanation":         {"key": C, "sentence": C, "words": W},
    "risk.RiskDecision":        {"rationale": W, "why_below": W, "floor_because": C, "expected_because": C, "policy_version": C},
    "risk.Downgrade":           {"state": C, "words": W, "flagged": C, "kept_since": C, "spoken_words": W},
    "risk.NoReason":            {"phrase": C, "says": C, "authority": C},
    "risk.Reassessment":        {"state": C, "trigger": C, "occasion": C, "about_type": C, "why": W, "now": W, "outcome": W, "bail_words": W, "partners_words": W, "stage_words": W},
    "risk.RiskThreshold":       {"valid_from": C, "authority": C},
    "risk.SafetyPlan":          {"state": C, "wishes": W, "agreed_why": W, "safe_copy_words": W, "out_of_hours": W, "returned_parts": C, "residual": W, "ended_because": W},
    "risk.PlanActionKind":      {"code": C, "label": C, "words": C, "factors": C, "authority": C},
    "risk.PlanAction":          {"what": W, "agency": W, "factors": C, "forum": W, "evidence": W, "why_not": W},
    "risk.FactorLeft":          {"factor": C, "why": W},
    "risk.PlanShare":           {"agency": W, "shared_on": C, "what": W},
    "risk.PlanInput":           {"agency": W, "who": W, "said_on": C, "words": W},
    "risk.PlanReview":          {"words": W},
    "risk.QualityCheck":        {"subject_type": C},
    "risk.QualityVerdict":      {"row": C, "words": W},
    "supervision.Finding":      {"monitor": C, "subject_type": C},
    "supervision.HolidayChange": {"on": C, "name": C, "source": C},
    "supervision.Notice":       {"role": C, "text": W, "message_id": C},
    "supervision.Digest":       {"on": C, "message_id": C},
    "supervision.Fault":        {"kind": C},
    "supervision.Heartbeat":    {"name": C},
    "supervision.PostingChange": {"why": W},
    "supervision.ThresholdChange": {"valid_from": C, "authority": C},
    "supervision.UseChange":    {"valid_from": C, "authority": C},
    "supervision.Subscription": {"url": Kind.SECRET, "events": C, "nonce": Kind.SECRET},
    "supervision.QueueView":    {"queue": C, "filters": C, "columns": C},
    "supervision.Keyboard":     {"keys": C},
    "supervision.Delivery":     {"last_error": C, "dropped_because": C},
    "reporting.Document":       {"words": C, "digest": Kind.SECRET, "words_digest": Kind.SECRET, "failed_because": C, "shows": C},
    "reporting.DocumentContent": {"pdf": Kind.DATA},
    # --- feedback: surveys, partners, consultations, findings, reviews ---
    "reporting.Questionnaire":  {"name": C, "introduction": C},
    "reporting.SurveyQuestion": {"words": C},
    "reporting.SurveyConsent":  {"state": C, "words": W},
    "reporting.SampleRule":     {"authority": C},
    "reporting.Draw":           {"month": C, "seed": C},
    "reporting.Survey":         {"state": C, "words": W, "danger_words": W, "declined_because": W, "unsafe_words": W, "ended_because": W},
    "reporting.SurveyAttempt":  {"words": W},
    "reporting.SurveyAnswer":   {"words": W},
    "reporting.PartnerFeedback": {"quarter": C, "words": W},
    "reporting.PartnerAnswer":  {"words": W},
    "reporting.Consultation":   {"held_on": C, "who": W, "about": W, "said": W, "measures": C},
    "reporting.OutcomeReview":  {"held_on": C, "title": W, "also_there": W, "reviewed": W, "measures": C, "said": W, "decided": W},
    "reporting.FeedbackFinding": {"heard_on": C, "heard": W, "measures": C, "plan": W, "due_on": C, "did": W, "why_not": W},
    "reporting.Export":         {"asked": Kind.DATA, "recipient": W, "basis": W, "digest": Kind.SECRET, "content": Kind.DATA, "kind": C, "files": C},
    "reporting.ContextNote":    {"from_on": C, "until_on": C, "title": W, "words": W, "measures": C, "source": C, "authority": C},
    # --- packs of figures, and whose a measure is ---
    "reporting.Snapshot":       {"of": C, "asked_on": C, "first_on": C, "last_on": C, "signed_words": W, "withdrawn_because": W},
    "reporting.SnapshotFigures": {"blocks": Kind.DATA, "fingerprint": Kind.SECRET, "made_by": Kind.SECRET},
    "reporting.SnapshotWords":  {"theme": C, "words": W},
    "reporting.SnapshotContent": {"pdf": Kind.DATA, "digest": Kind.SECRET},
    "reporting.SnapshotJob":    {"words": C, "failed_because": C},
    "reporting.MeasureOwner":   {"measure": C, "authority": C},
    "reporting.MeasureComment": {"measure": C, "month": C, "words": W, "action": W, "due_on": C, "did": W},
    # --- figures from outside ---
    "reporting.ExportPart":     {"content": Kind.DATA},
    "reporting.OutsideFile":    {"digest": Kind.SECRET, "content": W},
    "reporting.OutsideImport":  {"source": C, "published_on": C, "words": W, "rejects": Kind.DATA, "first_on": C, "last_on": C},
    "reporting.OutsideFigure":  {"figure": C, "begins_on": C, "place": C, "group": C, "reason": C, "ethnicity": C, "age": C, "sex": C, "source": C},
}
# fmt: on
#: Not ours: what libraries keep. Nothing of it is in a copy but what the tables of rights need.
OURS = (
    "accounts",
    "audit",
    "workflow",
    "people",
    "cases",
    "risk",
    "safeguarding",
    "marac",
    "dvds",
    "supervision",
    "reporting",
)
TEXTUAL = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)


def tables() -> list[type[Model]]:
    """Every model of ours with a table of its own, the row histories left out, in the order of their names."""
    found = [model for model in apps.get_models() if model._meta.app_label in OURS and model._meta.managed]
    found = [model for model in found if not model._meta.proxy and not issubclass(model, pghistory.models.Event)]
    return sorted(found, key=lambda model: model._meta.label)


def subject_of(model: type[Model]) -> type[Model]:
    """The model itself, or the one whose history it is."""
    tracked: Any = getattr(model, "pgh_tracked_model", None)
    return tracked or model


def must_be_declared(field: Any) -> bool:
    """A column in which somebody's words or days could stand: not a choice among ours, not worked out by the database."""
    base = field.base_field if isinstance(field, ArrayField) else field
    if field.is_relation or isinstance(field, models.GeneratedField) or getattr(base, "choices", None):
        return False
    return isinstance(base, TEXTUAL) or (
        isinstance(base, models.DateField) and not isinstance(base, models.DateTimeField)
    )


def kind_of(model: type[Model], field: str) -> Kind | None:
    """What the table says of a column; None where it needs no saying."""
    return TABLE.get(subject_of(model)._meta.label, {}).get(field)


def undeclared() -> list[str]:
    """Columns of text that the table does not name, and names in it that are no column."""
    wanted = {f"{m._meta.label}.{f.name}" for m in tables() for f in m._meta.concrete_fields if must_be_declared(f)}
    said = {f"{label}.{name}" for label, row in TABLE.items() for name in row}
    return sorted(wanted - said) + [f"{name} (gone)" for name in sorted(said - wanted)]
