"""The pages of the public page that ask nothing: before, after, and beside the questions. Both languages side by side."""

from __future__ import annotations

from dataclasses import dataclass

from public.said import Said


@dataclass(frozen=True)
class Leaf:
    """A page of sentences: a heading, paragraphs, and a list where there is one."""

    heading: Said
    words: tuple[Said, ...]
    listed: tuple[Said, ...] = ()
    after: tuple[Said, ...] = ()


START = Leaf(
    Said("Ask about somebody you are worried about", "Holi am rywun yr ydych yn poeni amdano"),
    (
        Said(
            "You can ask us whether somebody’s past is a reason to be careful: a partner or former partner of yours, or of "
            "somebody you know.",
            "Gallwch ofyn i ni a yw gorffennol rhywun yn rheswm dros fod yn ofalus: eich partner neu’ch cyn-bartner chi, neu "
            "bartner rhywun yr ydych yn ei adnabod.",
        ),
        Said(
            "It takes about 10 minutes. What you tell us goes to police staff who are trained for this. The person you ask "
            "about is not told that you asked.",
            "Mae’n cymryd tua 10 munud. Mae’r hyn a ddywedwch yn mynd at staff yr heddlu sydd wedi’u hyfforddi ar gyfer hyn. Ni "
            "ddywedir wrth y person yr ydych yn holi amdano eich bod wedi gofyn.",
        ),
    ),
    (
        Said(
            "Use a telephone or computer that they do not look at.",
            "Defnyddiwch ffôn neu gyfrifiadur nad ydynt yn edrych arno.",
        ),
        Said(
            "You need no account, and nothing is kept on this device.",
            "Nid oes angen cyfrif arnoch, ac ni chedwir dim ar y ddyfais hon.",
        ),
        Said(
            "You can leave at once: Exit this page, Shift 3 times, or Escape.",
            "Gallwch adael ar unwaith: Gadael y dudalen hon, Shift 3 gwaith, neu Escape.",
        ),
        Said(
            "You cannot come back later. If you stop for 30 minutes, what you typed is wiped.",
            "Ni allwch ddod yn ôl yn nes ymlaen. Os byddwch yn stopio am 30 munud, caiff yr hyn a deipiwyd ei ddileu.",
        ),
    ),
)

SEND = Leaf(
    Said("Send your request", "Anfon eich cais"),
    (
        Said(
            "We look into it and reach you only in the way you chose.",
            "Byddwn yn edrych i mewn iddo ac yn cysylltu â chi yn y ffordd a ddewisoch yn unig.",
        ),
        Said(
            "What you told us stays with those who need it. If somebody may come to harm we may have to act on it, and to "
            "tell others who can help to prevent it.",
            "Mae’r hyn a ddywedoch yn aros gyda’r rhai sydd ei angen. Os gall rhywun gael niwed, efallai y bydd yn rhaid i ni "
            "weithredu, a dweud wrth eraill a all helpu i’w atal.",
        ),
        Said("For your safety your answers are not shown again.", "Er eich diogelwch, ni ddangosir eich atebion eto."),
    ),
)

DONE = Leaf(
    Said("We have your request", "Mae eich cais gennym"),
    (
        Said(
            "Trained staff look at it within a day. Nothing is sent to you: no letter, no email, no text message.",
            "Bydd staff hyfforddedig yn edrych arno o fewn diwrnod. Ni anfonir dim atoch: dim llythyr, dim e-bost, dim neges destun.",
        ),
    ),
    after=(
        Said(
            "First read how to hide that you were here, below. Then choose Exit this page.",
            "Yn gyntaf darllenwch isod sut i guddio eich bod wedi bod yma. Yna dewiswch Gadael y dudalen hon.",
        ),
    ),
)
IN_YOUR_WAY = Said(
    "We reach you only in the way and at the times you chose.",
    "Byddwn yn cysylltu â chi yn y ffordd ac ar yr adegau a ddewisoch yn unig.",
)
COME_TO_US = Said(
    "You said that you cannot be reached safely, so we will not try. Ring 101 from a safe telephone, or go into any police "
    "station, and say that you have sent a request about somebody you are worried about.",
    "Dywedoch na ellir eich cyrraedd yn ddiogel, felly ni fyddwn yn ceisio. Ffoniwch 101 o ffôn diogel, neu ewch i unrhyw orsaf "
    "heddlu, a dywedwch eich bod wedi anfon cais am rywun yr ydych yn poeni amdano.",
)

WIPED = Leaf(
    Said("What you typed has been wiped", "Mae’r hyn a deipiwyd wedi’i ddileu"),
    (
        Said(
            "Nobody touched this page for 30 minutes. Nothing was sent, and nothing was kept.",
            "Ni chyffyrddodd neb â’r dudalen hon am 30 munud. Ni anfonwyd dim, ac ni chadwyd dim.",
        ),
    ),
)
TOO_OFTEN = Leaf(
    Said("Too much comes from this connection just now", "Mae gormod yn dod o’r cysylltiad hwn ar hyn o bryd"),
    (
        Said(
            "You need not wait for us: the numbers below answer now. What you typed stays in this page for 30 minutes, and "
            "you may try again in a few.",
            "Nid oes rhaid i chi aros amdanom: mae’r rhifau isod yn ateb nawr. Mae’r hyn a deipiwyd yn aros yn y dudalen hon am 30 "
            "munud, a chewch roi cynnig arall arni ymhen ychydig funudau.",
        ),
    ),
)
NOT_TAKEN = Leaf(
    Said("We could not take your request", "Ni allem gymryd eich cais"),
    (
        Said(
            "Nothing was sent. What you typed stays in this page for 30 minutes: try again, or ring one of the numbers below.",
            "Ni anfonwyd dim. Mae’r hyn a deipiwyd yn aros yn y dudalen hon am 30 munud: rhowch gynnig arall arni, neu ffoniwch un "
            "o’r rhifau isod.",
        ),
    ),
)
NOWHERE = Leaf(
    Said("There is no such page", "Nid oes tudalen o’r fath"),
    (
        Said(
            "You may begin a request, or ring one of the numbers below.",
            "Cewch ddechrau cais, neu ffonio un o’r rhifau isod.",
        ),
    ),
)

HIDE = Leaf(
    Said("Hide that you were here", "Cuddio eich bod wedi bod yma"),
    (
        Said(
            "This page keeps nothing on your device and uses no cookies. Your browser may still remember its address, under "
            "the name “Your request”.",
            "Nid yw’r dudalen hon yn cadw dim ar eich dyfais ac nid yw’n defnyddio cwcis. Gall eich porwr gofio ei chyfeiriad o hyd, "
            "dan yr enw “Eich cais”.",
        ),
    ),
    (
        Said(
            "Next time use a private or incognito window, on a device that nobody else looks at.",
            "Y tro nesaf defnyddiwch ffenestr breifat neu anhysbys, ar ddyfais nad oes neb arall yn edrych arni.",
        ),
        Said(
            "In your browser’s history, remove this one page. An empty history may be noticed, too.",
            "Yn hanes eich porwr, tynnwch y dudalen hon yn unig. Gall hanes gwag dynnu sylw hefyd.",
        ),
        Said(
            "Remember that a telephone bill may show numbers that you rang. 999 and the national helpline are not shown on most.",
            "Cofiwch y gall bil ffôn ddangos rhifau a ffonioch. Nid yw 999 na’r llinell gymorth genedlaethol yn ymddangos ar y mwyafrif.",
        ),
    ),
)
ACCESSIBILITY = Leaf(
    Said("Accessibility", "Hygyrchedd"),
    (
        Said(
            "This page is made to WCAG 2.2, level AA. It works by keyboard, with a screen reader, without scripts, and at 400% "
            "in one column.",
            "Mae’r dudalen hon wedi’i gwneud yn ôl WCAG 2.2, lefel AA. Mae’n gweithio gyda bysellfwrdd, gyda darllenydd sgrin, heb "
            "sgriptiau, ac ar 400% mewn un golofn.",
        ),
        Said(
            "It wipes itself after 30 quiet minutes, for your safety; it says so 5 minutes before.",
            "Mae’n dileu ei hun ar ôl 30 munud tawel, er eich diogelwch; mae’n dweud hynny 5 munud ymlaen llaw.",
        ),
        Said(
            "If something here does not work for you, ring 101, or text 18001 101 with Relay UK, and ask in your own way.",
            "Os nad yw rhywbeth yma’n gweithio i chi, ffoniwch 101, neu 18001 101 gyda Relay UK, a gofynnwch yn eich ffordd eich hun.",
        ),
    ),
)
PRIVACY = Leaf(
    Said("Privacy", "Preifatrwydd"),
    (
        Said(
            "Until you send your request nothing of it is kept anywhere but in the page before you, and there it is sealed.",
            "Hyd nes y byddwch yn anfon eich cais, ni chedwir dim ohono yn unman ond yn y dudalen o’ch blaen, ac mae wedi’i selio yno.",
        ),
        Said(
            "When you send it, it goes to the police, who use it to prevent crime and to protect people from harm. It is kept as "
            "long as that needs, under the rules for police information.",
            "Pan fyddwch yn ei anfon, mae’n mynd at yr heddlu, sy’n ei ddefnyddio i atal troseddu ac i amddiffyn pobl rhag niwed. "
            "Fe’i cedwir cyhyd ag y bydd angen hynny, dan y rheolau ar gyfer gwybodaeth yr heddlu.",
        ),
        Said(
            "We use no cookies, count no visitors, and keep no record of your device or its address.",
            "Nid ydym yn defnyddio cwcis, nid ydym yn cyfrif ymwelwyr, ac nid ydym yn cadw cofnod o’ch dyfais na’i chyfeiriad.",
        ),
    ),
)
#: What may be read beside a question, by the value of its button.
ASIDES = {"hide": HIDE, "accessibility": ACCESSIBILITY, "privacy": PRIVACY}
