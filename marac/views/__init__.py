"""Pages of forums, referrals, meetings, research, actions and figures."""

from marac.views.actions import action_page, actions_page, agency_actions_page
from marac.views.emergencies import agree_action, call_emergency, emergency_page
from marac.views.figures import begin_self_assessment, enter_return, self_assessment_page, sign_return
from marac.views.forums import forum_page, forums_page, join_forum
from marac.views.meetings import meeting_page, meetings_page, plan_meeting
from marac.views.people import refer_person
from marac.views.referrals import agency_referrals_page, not_referred_page, referrals_page
from marac.views.research import pack_page, research_page
from marac.views.returns import forum_returns_page, outcomes_page, quarter_page, returns_page
from marac.views.steering import ask_steering_paper, attending_page, steering_page, steering_paper

__all__ = [
    "action_page", "actions_page", "agency_actions_page", "agency_referrals_page", "agree_action",
    "ask_steering_paper", "attending_page", "begin_self_assessment", "call_emergency", "emergency_page", "enter_return",
    "forum_page", "forum_returns_page",
    "forums_page", "join_forum", "meeting_page", "meetings_page", "not_referred_page", "outcomes_page", "pack_page",
    "plan_meeting", "quarter_page", "refer_person", "referrals_page", "research_page", "returns_page",
    "self_assessment_page", "sign_return", "steering_page", "steering_paper",
]  # fmt: skip
