"""The questions, one to a page, in the order in which they are asked. Everything that a page asks, hints and refuses is here.

Required are only the first two answers and the way to be reached, for which “I cannot be reached safely” is an answer like
any other: who does not know a name or a birth date must not be kept from asking.
"""

from __future__ import annotations

from public.asking import Answers, Box, Option, Question
from public.said import Said


def for_somebody_else(said: Answers) -> bool:
    return said.get("asks_as") != "self"


WHEN_HINT = Said("For example, Tuesday mornings before 11", "Er enghraifft, bore Mawrth cyn 11")
WHEN_NEEDED = Said(
    "Say when it is safe, or choose another way. “Any time” is an answer, too",
    "Dywedwch pryd mae’n ddiogel, neu dewiswch ffordd arall. Mae “unrhyw bryd” yn ateb hefyd",
)


def when(name: str) -> Box:
    return Box(name, Said("When is it safe?", "Pryd mae’n ddiogel?"), 200, WHEN_HINT, WHEN_NEEDED)


NUMBER_NEEDED = Said("Type the number, or choose another way", "Teipiwch y rhif, neu dewiswch ffordd arall")

DANGER = Question(
    "danger",
    Said("Is somebody in danger now?", "A oes rhywun mewn perygl nawr?"),
    Said(
        "Danger comes first: 999 answers at once, this page does not. Whatever you answer, you may go on.",
        "Perygl sy’n dod gyntaf: mae 999 yn ateb ar unwaith, nid yw’r dudalen hon. Beth bynnag yw’ch ateb, cewch fynd ymlaen.",
    ),
    options=(
        Option(
            "yes",
            Said("Yes", "Oes"),
            Said("Ring 999 now, if you can do so safely", "Ffoniwch 999 nawr, os gallwch wneud hynny’n ddiogel"),
        ),
        Option("possible", Said("I am not sure", "Nid wyf yn siŵr")),
        Option("none", Said("No", "Nac oes")),
    ),
    needed=Said("Choose whether somebody is in danger now", "Dewiswch a oes rhywun mewn perygl nawr"),
)
ASKS_AS = Question(
    "asks_as",
    Said("Whom are you worried about?", "Am bwy ydych chi’n poeni?"),
    Said(
        "Everybody may ask, also for somebody else. What is found out is told only to whoever can keep that person safe.",
        "Caiff pawb ofyn, hefyd ar ran rhywun arall. Dim ond wrth y sawl a all gadw’r person hwnnw’n ddiogel y dywedir yr hyn a ganfyddir.",
    ),
    options=(
        Option("self", Said("Myself", "Fi fy hun")),
        Option("parent", Said("My son or daughter", "Fy mab neu fy merch")),
        Option("family", Said("Somebody else in my family", "Rhywun arall yn fy nheulu")),
        Option("friend", Said("A friend", "Ffrind")),
        Option("neighbour", Said("A neighbour", "Cymydog")),
        Option("colleague", Said("Somebody I work with", "Rhywun rwy’n gweithio gyda nhw")),
        Option(
            "professional",
            Said("Somebody I help in my work", "Rhywun rwy’n ei helpu yn fy ngwaith"),
            Said("As a teacher, nurse or adviser, for example", "Fel athro, nyrs neu gynghorydd, er enghraifft"),
        ),
        Option("other", Said("Somebody else", "Rhywun arall")),
    ),
    needed=Said("Choose whom you are worried about", "Dewiswch am bwy rydych yn poeni"),
)
AT_RISK = Question(
    "at_risk",
    Said("Who are they?", "Pwy ydyn nhw?"),
    Said(
        "We must be sure to protect the right person. We do not tell them who asked unless you agree.",
        "Rhaid i ni fod yn siŵr ein bod yn amddiffyn y person cywir. Ni ddywedwn wrthynt pwy ofynnodd oni bai eich bod yn cytuno.",
    ),
    boxes=(
        Box(
            "at_risk_name",
            Said("Their name", "Eu henw"),
            90,
            Said("Or what you call them", "Neu beth rydych yn eu galw"),
        ),
        Box(
            "at_risk_more",
            Said("Their age, and where they live", "Eu hoedran, a ble maen nhw’n byw"),
            100,
            Said("As far as you know", "Hyd y gwyddoch"),
        ),
    ),
    asked=for_somebody_else,
)
SUBJECT = Question(
    "subject",
    Said("About whom do you ask?", "Am bwy ydych chi’n holi?"),
    Said(
        "People share names: an age, a street or a place of work tells one from another. They are not told that you asked.",
        "Mae pobl yn rhannu enwau: mae oedran, stryd neu weithle yn gwahaniaethu rhyngddynt. Ni ddywedir wrthynt eich bod wedi gofyn.",
    ),
    boxes=(
        Box(
            "subject_name",
            Said("Their name, and other names they use", "Eu henw, ac enwau eraill maen nhw’n eu defnyddio"),
            120,
            Said(
                "First name, surname, nickname: whatever you know", "Enw cyntaf, cyfenw, llysenw: beth bynnag a wyddoch"
            ),
        ),
        Box(
            "subject_more",
            Said("What else you know of them", "Beth arall a wyddoch amdanyn nhw"),
            170,
            Said(
                "Age or birth date, where they live or lived, work, car",
                "Oedran neu ddyddiad geni, ble maen nhw’n byw neu wedi byw, gwaith, car",
            ),
        ),
    ),
)
WHY = Question(
    "why",
    Said("What makes you ask?", "Beth sy’n gwneud i chi ofyn?"),
    Said(
        "What you have seen or heard tells us how soon to act. A few words are enough.",
        "Mae’r hyn a welsoch neu a glywsoch yn dweud wrthym pa mor fuan i weithredu. Mae ychydig eiriau’n ddigon.",
    ),
    boxes=(
        Box(
            "why",
            Said("In your own words", "Yn eich geiriau eich hun"),
            4000,
            Said("What happened, and what worries you", "Beth ddigwyddodd, a beth sy’n eich poeni"),
            kind="area",
        ),
    ),
)
REACH = Question(
    "reach",
    Said("How can we reach you safely?", "Sut gallwn ni eich cyrraedd yn ddiogel?"),
    Said(
        "A call at the wrong moment can put you in danger. We use no other way than this one, and leave no message.",
        "Gall galwad ar yr adeg anghywir eich rhoi mewn perygl. Nid ydym yn defnyddio ffordd arall na hon, ac nid ydym yn gadael neges.",
    ),
    Said(
        "We only ever use the way you choose. We will not say who we are to anybody else.",
        "Dim ond y ffordd a ddewiswch y byddwn yn ei defnyddio. Ni ddywedwn pwy ydym wrth neb arall.",
    ),
    (
        Option(
            "friend",
            Said("Phone somebody I trust", "Ffonio rhywun rwy’n ymddiried ynddynt"),
            boxes=(
                Box(
                    "friend_number",
                    Said("Their number", "Eu rhif"),
                    120,
                    Said(
                        "Somebody who will not tell the person you ask about",
                        "Rhywun na fydd yn dweud wrth y person yr ydych yn holi amdano",
                    ),
                    NUMBER_NEEDED,
                    "tel",
                ),
                when("friend_when"),
            ),
        ),
        Option(
            "me",
            Said("Phone me", "Fy ffonio i"),
            Said("Only if nobody else looks at your phone", "Dim ond os nad oes neb arall yn edrych ar eich ffôn"),
            (
                Box(
                    "me_number",
                    Said("Your number", "Eich rhif"),
                    120,
                    Said("One that nobody else answers", "Un nad oes neb arall yn ei ateb"),
                    NUMBER_NEEDED,
                    "tel",
                ),
                when("me_when"),
                Box(
                    "me_place",
                    Said("Where are you then?", "Ble rydych chi bryd hynny?"),
                    200,
                    Said(
                        "At work, for example. You may leave this empty",
                        "Yn y gwaith, er enghraifft. Cewch adael hwn yn wag",
                    ),
                ),
            ),
        ),
        Option(
            "meet",
            Said("Meet me somewhere", "Cwrdd â mi yn rhywle"),
            Said("A surgery, school, library or station", "Meddygfa, ysgol, llyfrgell neu orsaf"),
            (
                Box(
                    "meet_place",
                    Said("Where?", "Ble?"),
                    200,
                    Said("Its name and its street", "Ei enw a’i stryd"),
                    needed=Said("Say where, or choose another way", "Dywedwch ble, neu dewiswch ffordd arall"),
                ),
                when("meet_when"),
            ),
        ),
        Option(
            "none",
            Said("I cannot be reached safely", "Ni ellir fy nghyrraedd yn ddiogel"),
            Said(
                "We will tell you how to reach us instead", "Byddwn yn dweud wrthych sut i’n cyrraedd ni yn lle hynny"
            ),
        ),
    ),
    needed=Said(
        "Choose a way. “I cannot be reached safely” is an answer, too",
        "Dewiswch ffordd. Mae “Ni ellir fy nghyrraedd yn ddiogel” yn ateb hefyd",
    ),
)
NEVER = Question(
    "never",
    Said("Is there anything we must never do?", "A oes rhywbeth na ddylem byth ei wneud?"),
    Said(
        "A number that is answered by somebody else, a street where a car is noticed: what you know keeps you safer than any rule "
        "of ours.",
        "Rhif y mae rhywun arall yn ei ateb, stryd lle sylwir ar gar: mae’r hyn a wyddoch yn eich cadw’n fwy diogel nag unrhyw reol "
        "sydd gennym ni.",
    ),
    boxes=(
        Box(
            "never",
            Said("Never do this", "Peidiwch byth â gwneud hyn"),
            300,
            Said("For example, never ring the house", "Er enghraifft, peidiwch byth â ffonio’r tŷ"),
        ),
    ),
)
FEARED = Question(
    "feared",
    Said("What has happened, or what are you afraid of?", "Beth sydd wedi digwydd, neu beth ydych chi’n ei ofni?"),
    Said(
        "Some things are signs of more danger than they seem. Choose what fits, or nothing.",
        "Mae rhai pethau’n arwyddion o fwy o berygl nag y maent yn ymddangos. Dewiswch yr hyn sy’n addas, neu ddim.",
    ),
    Said("Choose all that fit, or none.", "Dewiswch bob un sy’n addas, neu ddim un."),
    (
        Option("assault", Said("Hitting, kicking or hurting", "Taro, cicio neu frifo")),
        Option("strangled", Said("Hands or something else on the throat", "Dwylo neu rywbeth arall ar y gwddf")),
        Option("weapons", Said("Weapons", "Arfau")),
        Option("threats", Said("Threats", "Bygythiadau")),
        Option(
            "control",
            Said("Control", "Rheolaeth"),
            Said(
                "Over money, telephone, clothes, whom one meets",
                "Dros arian, ffôn, dillad, pwy mae rhywun yn cwrdd â nhw",
            ),
        ),
        Option("stalking", Said("Following or watching", "Dilyn neu wylio")),
        Option("sexual", Said("Sexual harm", "Niwed rhywiol")),
        Option("violent", Said("Violence towards others or things", "Trais tuag at eraill neu bethau")),
        Option("pregnant", Said("A pregnancy", "Beichiogrwydd")),
        Option("parting", Said("Separating, or wanting to", "Gwahanu, neu eisiau gwneud hynny")),
        Option("other", Said("Something else", "Rhywbeth arall")),
    ),
    several=True,
)
ABOUT_YOU = Question(
    "about_you",
    Said("What shall we call you?", "Beth ddylem eich galw?"),
    Said(
        "So that we ask for the right person and speak your language. You may stay without a name for now.",
        "Fel ein bod yn gofyn am y person cywir ac yn siarad eich iaith. Cewch aros heb enw am y tro.",
    ),
    boxes=(
        Box("asker", Said("Your name", "Eich enw"), 200, Said("A first name is enough", "Mae enw cyntaf yn ddigon")),
        Box(
            "language",
            Said("A language or help that you need", "Iaith neu gymorth sydd ei angen arnoch"),
            60,
            Said("For example, Polish, or sign language", "Er enghraifft, Pwyleg, neu iaith arwyddion"),
        ),
    ),
)
QUESTIONS = (DANGER, ASKS_AS, AT_RISK, SUBJECT, WHY, REACH, NEVER, FEARED, ABOUT_YOU)
BY_NAME = {question.name: question for question in QUESTIONS}


def asked(said: Answers) -> list[Question]:
    """The questions that are asked of somebody who has said this."""
    return [question for question in QUESTIONS if question.asked(said)]


def following(name: str, said: Answers) -> Question | None:
    """The question after this one; none after the last. The first where `name` is empty."""
    names = [question.name for question in QUESTIONS]
    after = QUESTIONS[names.index(name) + 1 :] if name else QUESTIONS
    return next((question for question in after if question.asked(said)), None)
