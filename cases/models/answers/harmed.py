"""What the person harmed wishes, fears and needs, and how they were spoken with."""

from django.db import models


class Unheard(models.TextChoices):
    """Why what they want and fear was not learned. Nothing else stands in the place of their view. S4-005."""

    NOT_PRESENT = "not_present", "Not present"
    UNABLE = "unable", "Unable: too hurt, unwell or upset, or too young"
    UNSAFE = "unsafe", "Unsafe to ask: somebody could hear"
    DECLINED = "declined", "Asked, and did not wish to say"


class Interpreted(models.TextChoices):
    """Who interpreted. The last three are never to be asked: S0-028."""

    TELEPHONE = "telephone", "Interpreter by telephone"
    IN_PERSON = "in_person", "Interpreter in person"
    COLLEAGUE = "colleague", "A colleague who speaks the language"
    NOBODY = "nobody", "Nobody: we could not speak properly"
    RELATIVE = "relative", "A relative, friend or neighbour"
    CHILD = "child", "A child"
    SUSPECT = "suspect", "The suspect"


#: Whoever is in the family or the household may be afraid, or be the danger.
NEVER_TO_INTERPRET = (Interpreted.RELATIVE, Interpreted.CHILD, Interpreted.SUSPECT)


class BarriersAsked(models.TextChoices):
    TOLD = "told", "Yes, they told me"
    NONE = "none", "There was nothing"
    DECLINED = "declined", "Did not wish to say"
    NOT_ASKED = "not_asked", "Not asked"


class Barrier(models.TextChoices):
    """What made it hard to tell the police, by the characteristic that it hangs on where it hangs on one. S0-023."""

    LANGUAGE = "language", "Language"
    IMMIGRATION = "immigration", "Fear for the right to stay here"
    RACE = "race", "Race: fear of not being treated fairly"
    FAITH = "faith", "Religion or belief"
    HONOUR = "honour", "Family or community honour"
    DISABILITY = "disability", "Disability, or needing the suspect's care"
    ORIENTATION = "orientation", "Sexual orientation, or fear of being outed"
    GENDER = "gender", "Being a man, or a trans person"
    AGE = "age", "Age"
    PREGNANCY = "pregnancy", "Pregnancy or a new baby"
    CHILDREN = "children", "Fear of losing the children"
    MONEY = "money", "Money or a home"
    POLICE = "police", "No trust in the police, or the suspect works for them"
    OTHER = "other", "Something else"


class Interviewer(models.TextChoices):
    WOMAN = "woman", "A woman"
    MAN = "man", "A man"
    EITHER = "either", "Either"


class SpecialMeasure(models.TextChoices):
    """Youth Justice and Criminal Evidence Act 1999; in a domestic abuse case they are asked of right, the court grants. A.10."""

    SCREENS = "screens", "Screens in court"
    LIVE_LINK = "live_link", "Live link from another room"
    PRIVATE = "private", "Hearing in private"
    WIGS = "wigs", "Wigs and gowns off"
    VIDEO = "video", "Video-recorded evidence"
    CROSS_VIDEO = "cross_video", "Cross-examination recorded beforehand (s28)"
    INTERMEDIARY = "intermediary", "Intermediary or aids to communication"


class UpdatesEvery(models.TextChoices):
    WEEK = "week", "Every week"
    FORTNIGHT = "fortnight", "Every two weeks"
    MONTH = "month", "Every 28 days"
    NEWS = "news", "Only when there is news"
