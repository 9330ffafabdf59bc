"""What the public page says, in both languages side by side, so that neither can lack a sentence.

A qualified Welsh translator must check every Welsh sentence before the page is used. No sentence here or in `questions.py`
names the scheme, and the name, title and address of the page say “Your request” and nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class Said:
    """One sentence in each language."""

    en: str
    cy: str

    def spoken(self, language: str) -> str:
        return self.cy if language == "cy" else self.en


#: Every sentence of the frame, by the name that the templates use.
FRAME = {
    "name": Said("Your request", "Eich cais"),
    "other_language": Said("Cymraeg", "English"),
    "exit": Said("Exit this page", "Gadael y dudalen hon"),
    "exit_how": Said("Or press Shift 3 times, or Escape", "Neu pwyswch Shift 3 gwaith, neu Escape"),
    "exit_two": Said("Press Shift 2 more times to exit.", "Pwyswch Shift 2 waith eto i adael."),
    "exit_one": Said("Press Shift 1 more time to exit.", "Pwyswch Shift 1 waith eto i adael."),
    "exit_now": Said("Leaving the page.", "Yn gadael y dudalen."),
    "question_of": Said("Question {number} of {total}", "Cwestiwn {number} o {total}"),
    "problem": Said("There is a problem", "Mae problem"),
    "error": Said("Error:", "Gwall:"),
    "why": Said("Why we ask this", "Pam rydym yn gofyn hyn"),
    "optional": Said("You may leave this empty.", "Cewch adael hwn yn wag."),
    "continue": Said("Continue", "Parhau"),
    "no_return": Said(
        "You cannot come back to this later. If you stop for 30 minutes, what you typed is wiped.",
        "Ni allwch ddod yn ôl at hyn yn nes ymlaen. Os byddwch yn stopio am 30 munud, caiff yr hyn a deipiwyd ei ddileu.",
    ),
    "soon": Said(
        "In 5 minutes what you typed is wiped. Press a key or choose Continue to go on.",
        "Ymhen 5 munud caiff yr hyn a deipiwyd ei ddileu. Pwyswch fysell neu dewiswch Parhau i fynd ymlaen.",
    ),
    "not_reached": Said(
        "That did not reach us. What you typed is still here. Choose Continue to try again.",
        "Ni chyrhaeddodd hynny ni. Mae’r hyn a deipiwyd yma o hyd. Dewiswch Parhau i roi cynnig arall arni.",
    ),
    "danger": Said("In danger now?", "Mewn perygl nawr?"),
    "ring": Said("Ring", "Ffoniwch"),
    "silent": Said("If you cannot speak, press 55 when asked.", "Os na allwch siarad, pwyswch 55 pan ofynnir i chi."),
    "not_emergency": Said("Not an emergency", "Nid yw’n argyfwng"),
    "helpline": Said("National helpline, free, day and night", "Llinell gymorth genedlaethol, am ddim, ddydd a nos"),
    "hide": Said("Hide that you were here", "Cuddio eich bod wedi bod yma"),
    "accessibility": Said("Accessibility", "Hygyrchedd"),
    "privacy": Said("Privacy", "Preifatrwydd"),
    "back": Said("Go back to your question", "Mynd yn ôl at eich cwestiwn"),
    "start": Said("Start", "Dechrau"),
    "send": Said("Send your request", "Anfon eich cais"),
    "try_again": Said("Try again", "Rhoi cynnig arall arni"),
    "danger_now": Said("You said that somebody is in danger now.", "Dywedoch fod rhywun mewn perygl nawr."),
    "danger_wait": Said(
        "This page may not be read for some hours.", "Efallai na fydd neb yn darllen y dudalen hon am rai oriau."
    ),
}
