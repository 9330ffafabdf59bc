"""THE TABLE of what is asked of a force: nine questions, nine items of data, fifteen themes; each with what answers it.

Questions and themes are restated from the sources. The numbers D1 to D9 and P1 to P15 are those that analysts and inspectors
use; the nine questions are numbered in the order of the source.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from marac.views.figures import READS as FORUM_READS
from reporting.answers import outcomes, partners, people, work
from reporting.answers.declare import MONTH, Answer, Asks, Figure, TwoWays, Way, declare
from reporting.feedback.people import READS_SCORES
from reporting.models.outside import READS as OUTSIDE_READS

Q, D, P, R = Asks.QUESTION, Asks.ITEM, Asks.THEME, Asks.REVIEW
WHO = TwoWays(people.who, people.fewer_of_who)
RISKS = TwoWays(people.risks, people.as_it_is)

EQUALITY, LINKS, CHECKS, QUALITY = Way("equality"), Way("links"), Way("quality-checks"), Way("quality")
DEFINITIONS, SERIAL, REPEATS, EXCEPTIONS = Way("definitions"), Way("serial"), Way("repeat-victims"), Way("exceptions")
FEEDBACK, YOU_SAID = Way("feedback"), Way("you-said")
RETURNS, DISCLOSURES, OUTSIDE = Way("returns"), Way("disclosure-statistics"), Way("outside")
RECONCILED = Way("outside-reconciled", N_("Ours beside the CPS’s and the courts’"), OUTSIDE_READS)
FROM_PARTNERS = Way("outside-standing", N_("Figures that partners gave"), OUTSIDE_READS, ("partner",))
BENCHMARKS = Way("outside-standing", N_("What others publish of a measure"), OUTSIDE_READS, ("benchmark",))
PARTNERS_SAY = Way("partner-feedback", N_("What partners said"), READS_SCORES)
REVIEWS = Way("outcome-reviews", N_("Reviews of outcomes with partners"), READS_SCORES)
CONSULTATIONS = Way("consultations", N_("Consultations"), READS_SCORES)
FORUMS = Way("returns", N_("Figures of forums, quarter by quarter"), FORUM_READS)

# fmt: off
declare(
    Answer("Q1", Q, N_("Are repeat and vulnerable victims defined, found out at the first call, and is their history there for whoever goes?"), "003:46-51",
        (Figure("M35"), Figure("M20"), Figure("M21"), Figure("M01", ("reports",))), (work.definitions,), ways=(DEFINITIONS, REPEATS, LINKS)),
    Answer("Q2", Q, N_("Is the first response good: the first investigation, positive action, arrest, the assessment of risk, body-worn video?"), "003:54-60",
        (Figure("M25"), Figure("checked"), Figure("M06"), Figure("M06b"), Figure("M07"), Figure("M23"), Figure("M36"), Figure("M05")), (work.scores,), ways=(CHECKS,)),
    Answer("Q3", Q, N_("Is it clear who owns each case, is risk looked at again, is a grade lowered only because the danger fell, and are offenders brought to justice?"), "003:63-73",
        (Figure("M39"), Figure("M26"), Figure("M26", by="division"), Figure("M24"), Figure("M27"), Figure("M41"), Figure("M08"), Figure("M12"), Figure("M13"), Figure("M32")), force=(partners.safelives,), ways=(Way("risk-reviews"), FORUMS, EXCEPTIONS),
        lacks=N_("How many hands a victim’s case passes through, and how long it waits to be taken over, is not counted here yet.")),
    Answer("Q4", Q, N_("Do the force and its partners work well together: voluntary groups, advisers, shared hubs, forums, the CPS?"), "003:76-81",
        (Figure("M27"), Figure("M28"), Figure("M13"), Figure("M14"), Figure("M16")), force=(partners.after_forums, partners.partners, outcomes.courts), ways=(PARTNERS_SAY, REVIEWS, RECONCILED, FORUMS)),
    Answer("Q5", Q, N_("Are victims heard: are they surveyed, is what they say acted on, are they given what the Victims’ Code entitles them to?"), "003:84-87",
        (Figure("M38"), Figure("M32")), (work.satisfied,), ways=(FEEDBACK, YOU_SAID, CONSULTATIONS)),
    Answer("Q6", Q, N_("Does the force go after those who harm: serial perpetrators, those most harmful, those still to be found?"), "003:90-94",
        (Figure("M22"), Figure("M40"), Figure("M23", ("90-days",), "action"), Figure("M08")), ways=(SERIAL, LINKS)),
    Answer("Q7", Q, N_("Is domestic abuse a priority in practice: is it measured at force, division and team, are numbers honest, does what is done follow policy?"), "003:97-110",
        (Figure("M01"), Figure("M01", ("reports",), "division"), Figure("M04"), Figure("M25", ("in-time",), "division"), Figure("M46")), (work.clocks, work.record), ways=(Way("figures"), QUALITY, BENCHMARKS, DEFINITIONS),
        lacks=N_("Recommendations of inspections, and whether the force’s policy was read, are not recorded here yet.")),
    Answer("Q8", Q, N_("Are people skilled: is everybody trained for their role, and does the training work?"), "003:113-117",
        (Figure("M42"), Figure("checked"), Figure("M07", ("adequate",))), (work.scores,), ways=(Way("administration-training"), CHECKS)),
    Answer("Q9", Q, N_("Do supervisors know what their duties are, and does the force look for itself whether work is done well?"), "003:118-128",
        (Figure("M39"), Figure("M07"), Figure("checked"), Figure("M26")), (work.scores, work.clocks), ways=(CHECKS, EXCEPTIONS, QUALITY),
        lacks=N_("Dip samples of calls, of scheduled appointments and of case files are not recorded here yet.")),

    Answer("D1", D, N_("How many domestic abuse incidents, crimes and victims are there, by ethnicity and gender?"), "003:132; S3-061",
        (Figure("M01"),), two_ways=WHO, ways=(EQUALITY,), mind=N_("Ethnicity and gender are what the person harmed said in the case. Whoever did not say, and whom nobody asked, stays in the table.")),
    Answer("D2", D, N_("What is a repeat victim here, and how many are there?"), "003:133; S3-062",
        (Figure("M20"), Figure("M21")), (work.definitions,), ways=(DEFINITIONS, REPEATS)),
    Answer("D3", D, N_("What is called a positive outcome, and how many crimes come to one?"), "003:134; S3-063",
        (Figure("M11"), Figure("M11", by="offence"), Figure("M09", ("all",)), Figure("M09", ("decided",), "outcome")), (outcomes.positive_set,)),
    Answer("D4", D, N_("How many arrests are there for every 100 domestic abuse crimes?"), "003:135; S3-064",
        (Figure("M06"), Figure("M06b"), Figure("M07")), mind=N_("Left out of the arrest rate: voluntary interviews, crimes that were cancelled, and reports found to be no domestic abuse. Left out of crimes with an arrest: crimes of which nobody is named, in the first of its two figures.")),
    Answer("D5", D, N_("How do outcomes of domestic abuse crimes compare with those of other victim-based and violent crime?"), "003:136; S3-065",
        (Figure("M10"), Figure("M11")), (outcomes.beside_other_crime,), ways=(OUTSIDE,)),
    Answer("D6", D, N_("What do the CPS’s figures say of prosecutions and convictions, and do they agree with ours?"), "003:137; S3-066",
        (Figure("M08"), Figure("M14"), Figure("M15"), Figure("M16"), Figure("M17"), Figure("M18")), force=(outcomes.courts, outcomes.why_not), ways=(RECONCILED,)),
    Answer("D7", D, N_("How many cases are there at each level of risk, and how do they move?"), "003:138; S3-067",
        (Figure("M24"), Figure("M26"), Figure("M39")), two_ways=RISKS, mind=N_("Cases are investigations opened in the time; a case that was never graded stands as “Not graded”.")),
    Answer("D8", D, N_("How do our forums stand beside what SafeLives publishes?"), "003:139; S3-068",
        (Figure("M28"), Figure("M27")), force=(partners.safelives,), ways=(FORUMS,)),
    Answer("D9", D, N_("How satisfied are victims, how many were asked, and how sure is that?"), "003:140; S3-069",
        (Figure("M38"),), (work.satisfied,), ways=(FEEDBACK,)),

    Answer("P1", P, N_("How many domestic abuse incidents are there?"), "003:423; S3-160",
        (Figure("M01"), Figure("M01", by=MONTH), Figure("M01", ("reports",), "area"), Figure("M01", ("reports",), "division"), Figure("M03")), ways=(BENCHMARKS,)),
    Answer("P2", P, N_("How many domestic homicides and deaths are there, and had the police been there before?"), "003:424; S3-161",
        (Figure("M43"),), mind=N_("Deaths are not recorded here: they are brought in from the register of homicides and reviews.")),
    Answer("P3", P, N_("How many arrests and charges are there, and how long do they take?"), "003:425; S3-162",
        (Figure("M06"), Figure("M06b"), Figure("charges"), Figure("M08"), Figure("M19"), Figure("M07"))),
    Answer("P4", P, N_("How many domestic abuse crimes are there of each kind, and how many are detected?"), "003:426; S3-163",
        (Figure("M02", ("crimes",), "offence"), Figure("M02"), Figure("M11", by="offence"), Figure("M11")), (outcomes.positive_set,)),
    Answer("P5", P, N_("How many people are harmed again, and how many harm again?"), "003:427; S3-164",
        (Figure("M20"), Figure("M21"), Figure("M22"), Figure("M23")), (work.definitions,), ways=(REPEATS, SERIAL)),
    Answer("P6", P, N_("How far do cases get, from the report to the conviction, and why no further?"), "003:428; S3-165",
        (Figure("M03"), Figure("M18"), Figure("M09", ("decided",), "outcome"), Figure("M10"), Figure("M15"), Figure("M16")), force=(outcomes.courts, outcomes.why_not), ways=(RECONCILED,), mind=N_("What the CPS and the courts say is not linked crime by crime, so it stands beside the course of our cases and is no stage of it.")),
    Answer("P7", P, N_("Is policy followed: is each step that must be taken taken, and in time?"), "003:429; S3-166",
        (Figure("M25"), Figure("M27"), Figure("M33"), Figure("M39")), (work.clocks, work.record), ways=(EXCEPTIONS, QUALITY)),
    Answer("P8", P, N_("What do victims say of the service?"), "003:430; S3-167",
        (Figure("M38"),), (work.satisfied,), ways=(FEEDBACK, YOU_SAID)),
    Answer("P9", P, N_("What do other providers say of the force?"), "003:431; S3-168", force=(partners.partners,), ways=(PARTNERS_SAY, REVIEWS)),
    Answer("P10", P, N_("Do forums lead to anything: are actions done, do people come back, does risk fall?"), "003:432; S3-169",
        (Figure("M28"), Figure("M27")), force=(partners.after_forums,), ways=(FORUMS,)),
    Answer("P11", P, N_("What do partners in community safety know?"), "003:433; S3-170", force=(partners.brought_in,), ways=(FROM_PARTNERS,)),
    Answer("P12", P, N_("Is the service as good for everybody?"), "003:434; S3-171",
        (Figure("M06b", ("all",), "gender"), Figure("M06b", ("all",), "ethnicity"), Figure("M06b", ("all",), "age"), Figure("M06b", ("all",), "disability"), Figure("M08", by="gender"), Figure("M08", by="ethnicity"), Figure("M08", by="age"), Figure("M08", by="disability")), ways=(EQUALITY,), mind=N_("A difference between groups is a question, not an answer: of few people one more or less changes much.")),
    Answer("P13", P, N_("How many protection notices and orders are there?"), "003:435; S3-172", 
        (Figure("M29"), Figure("M29-dapn"), Figure("M29-spo"), Figure("M29-why"), Figure("M29-dapn-why")), mind=N_("Brought in from the register that the force keeps of notices and orders, until they are recorded here.")),
    Answer("P14", P, N_("How is Clare’s Law used, by right to ask and by right to know?"), "003:436; S3-173",
        (Figure("M31"), Figure("M31", by="route")), force=(partners.disclosures,), ways=(DISCLOSURES,)),
    Answer("P15", P, N_("How well is risk managed?"), "003:437; S3-174",
        (Figure("M25"), Figure("M26"), Figure("M26", by="division"), Figure("M41"), Figure("M39"), Figure("checked")), (work.scores,), ways=(CHECKS,)),

    Answer("R1", R, N_("Are offenders brought to justice, where do cases fall out, are files good, and do supervisors know their part?"), "002:93; S2-019",
        (Figure("M11"), Figure("M11", by="supervisor"), Figure("M18"), Figure("M18", ("charged",), "supervisor"), Figure("M15"), Figure("M17"), Figure("checked")), force=(outcomes.why_not,), ways=(RECONCILED, CHECKS)),
    Answer("R2", R, N_("How are notices, orders and Clare’s Law used?"), "002:97; S2-023",
        (Figure("M29"), Figure("M29-dapn"), Figure("M29-spo"), Figure("M31"), Figure("M31", by="route")), force=(partners.disclosures,), ways=(DISCLOSURES,)),
    Answer("R3", R, N_("Why is nobody arrested, and why is a notice not pursued, by team and by time of day?"), "002:122; S2-031",
        (Figure("why-not-arrested"), Figure("why-not-arrested", by="team"), Figure("why-not-arrested", by="shift"), Figure("M07"), Figure("M29-why"), Figure("M29-why", by="division"), Figure("M29-why", by="team"), Figure("M29-dapn-why"))),
    Answer("R4", R, N_("Is the arrest rate kept under review, month by month, by area and by risk?"), "003:58; S3-024",
        (Figure("M06", by=MONTH), Figure("M06", by="division"), Figure("M06", by="area"), Figure("M06", by="risk"), Figure("M06b"), Figure("M07")), mind=N_("Arrests for every 100 crimes recorded in the same time; arrests are counted, not people, and the rate may pass 100.")),
    Answer("R5", R, N_("Is the assessment of risk understood and done well by those who go?"), "003:59; S3-025",
        (Figure("M25"), Figure("checked"), Figure("specialist"), Figure("specialist", by="division"), Figure("M26")), (work.scores,), ways=(CHECKS,)),
    Answer("R6", R, N_("How often are offenders charged, convicted or dealt with out of court, beside other crime?"), "003:71; S3-034",
        (Figure("M08"), Figure("M16"), Figure("M12")), (outcomes.beside_other_crime,), force=(outcomes.courts,), ways=(BENCHMARKS, RECONCILED)),
    Answer("R7", R, N_("Are prosecutions led by evidence where the victim does not support them, and do they succeed?"), "003:72,80; S3-035",
        (Figure("M13"), Figure("M13", by="division"), Figure("M13-court"), Figure("M10", ("no-support",))), ways=(RECONCILED,)),
    Answer("R8", R, N_("Who refers to MARAC, how soon, and what comes of it?"), "003:314; S3-136",
        (Figure("referred"), Figure("referred", ("sent", "accepted"), "source"), Figure("referred", ("sent", "repeats"), "division"), Figure("M27"), Figure("M28")), (work.referring,), ways=(FORUMS,)),
)
# fmt: on
