"""Names as a force's records have them: a few that everybody knows, and a long tail. The lists were written for this program
from common knowledge, the tail is made of syllables; the frequencies fall with the rank, as names do (Zipf).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass

WOMEN = (
    "Susan Margaret Sarah Emma Laura Rebecca Chloe Jessica Elizabeth Katherine Amanda Nicola Samantha Claire Rachel Karen"
    " Julie Deborah Jacqueline Tracey Hannah Charlotte Sophie Lauren Victoria Michelle Louise Helen Jennifer Christine"
    " Patricia Angela Joanne Donna Lisa Kelly Leanne Stacey Natalie Gemma Zoe Amy Lucy Holly Megan Bethany Abigail Olivia"
    " Emily Grace Mary Ann Anne Jane Alison Catherine Kathleen Maureen Barbara Dorothy Jean Joan Sheila Pauline Carol"
    " Lynn Sandra Janet Linda Diane Kim Tina Wendy Dawn Sharon Paula Caroline Fiona Heather Danielle Stephanie Natasha"
    " Fatima Aisha Zainab Khadija Maryam Amina Rukhsana Nasreen Agnieszka Katarzyna Malgorzata Magdalena Oluwaseun Ngozi"
    " Adaeze Priya Anjali Sunita Lakshmi Jo-Anne Mary-Ann Siobhan Niamh Rhiannon Sian Ruth Esther Naomi Alice Ella Freya"
).split()
MEN = (
    "David John Michael Paul Andrew Mark Stephen Peter James Robert Christopher Daniel Matthew Thomas Richard William"
    " Anthony Kevin Gary Gareth Steven Ian Simon Philip Graham Alan Brian Darren Lee Craig Jason Wayne Stuart Neil Martin"
    " Nicholas Jonathan Benjamin Adam Luke Ryan Joshua Jack Liam Connor Jordan Callum Kieran Sean Patrick Joseph Samuel"
    " George Edward Charles Frederick Harry Oliver Alexander Dominic Gregory Kenneth Raymond Ronald Terence Derek Keith"
    " Roger Trevor Geoffrey Barry Carl Karl Dean Scott Shaun Timothy Tony Russell Mohammed Muhammad Mohamed Ahmed Ali Hassan"
    " Hussain Ibrahim Imran Yusuf Omar Tariq Khalid Abdul Piotr Krzysztof Tomasz Pawel Lukasz Grzegorz Marcin Oleksandr"
    " Sergei Ivan Dmitri Nikolai Emmanuel Chukwuemeka Babatunde Kwame Rajesh Sanjay Vijay Gurpreet Harjit Dai Hamish Owen"
    " Rhys Dylan Ewan Callan Duncan Angus Leonard Albert Arthur Ernest Walter Norman Stanley Maurice Vincent Victor"
).split()
SURNAMES = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green"
    " Hall Wood Jackson Clarke Harris Clark Lewis Turner Hill Cooper Ward Moore Baker Morris Watson Harrison Morgan Young"
    " Allen Mitchell James Anderson Phillips Lee Bell Parker Davis Bennett Miller Cook Shaw Cox Khan Hussain Ahmed Begum Ali"
    " Singh Kaur Martin Hughes Edwards Richardson Carter Murphy Kelly Bailey Collins Marshall Webb Palmer Mason Gray Price"
    " Stevens Rogers Reynolds Graham Simpson Butler Fisher Fox Mills Barker Holmes Rose Ryan Burns Pearce Day Ellis"
    " MacDonald McDonald O'Brien O'Connor O'Neill McKenzie Campbell Stewart Murray Reid Ross Hunter Kowalski Nowak Wójcik"
    " Zieliński Kovalenko Shevchenko Ivanov Petrov Okafor Adeyemi Okoro Mensah Chowdhury Rahman Islam Iqbal Malik Mahmood"
    " Chaudhry Sharma Gupta Desai Shah Pollitt Pollett Pollard Thomas Llewellyn Pritchard Griffiths Pugh Rees Ashdown Dunmore"
).split()
#: What people are called for short, written down for this program alone and not taken from the product's own table.
SHORT_FOR = {
    "Alexander": "Sandy Alex Al", "Margaret": "Peggy Maggie Meg", "Susan": "Sue Susie", "Elizabeth": "Liz Beth Betty Lizzie",
    "Katherine": "Kate Kathy Kat", "Catherine": "Cath Cathy Kate", "Amanda": "Mandy", "Nicola": "Nicky Nic", "Samantha": "Sam",
    "Rebecca": "Becky Bex", "Jessica": "Jess", "Deborah": "Debbie Debs", "Jacqueline": "Jackie Jacqui", "Victoria": "Vicky Tori",
    "Michelle": "Shell Shelly", "Jennifer": "Jen Jenny", "Christine": "Chris Chrissie", "Patricia": "Pat Trish Patsy",
    "Angela": "Angie Ange", "Joanne": "Jo", "Stephanie": "Steph", "Danielle": "Dani", "Charlotte": "Charlie Lottie",
    "Natasha": "Tash", "Kathleen": "Kath", "Barbara": "Babs Barb", "Dorothy": "Dot Dolly", "Sandra": "Sandie",
    "David": "Dave Davey", "Michael": "Mike Mick Mickey", "Andrew": "Andy Drew", "Stephen": "Steve", "Steven": "Steve",
    "James": "Jim Jimmy Jamie", "Robert": "Bob Rob Bobby Robbie", "Christopher": "Chris Kit", "Daniel": "Dan Danny",
    "Matthew": "Matt", "Thomas": "Tom Tommy", "Richard": "Rich Dick Ricky", "William": "Bill Will Billy Liam",
    "Anthony": "Tony Ant", "Kevin": "Kev", "Gareth": "Gaz Gary", "Gary": "Gaz", "Philip": "Phil", "Darren": "Daz",
    "Jason": "Jase", "Stuart": "Stu", "Nicholas": "Nick", "Jonathan": "Jon Jonny", "Benjamin": "Ben", "Joshua": "Josh",
    "Joseph": "Joe Joey", "Samuel": "Sam Sammy", "Edward": "Ted Eddie Ed Ned", "Charles": "Charlie Chas Chuck",
    "Frederick": "Fred Freddie", "Gregory": "Greg", "Kenneth": "Ken Kenny", "Raymond": "Ray", "Ronald": "Ron Ronnie",
    "Terence": "Terry Tel", "Derek": "Del", "Geoffrey": "Geoff", "Timothy": "Tim", "Albert": "Bert Bertie Al",
    "Leonard": "Len Lenny", "Vincent": "Vince Vinny", "Mohammed": "Mo Mohammad", "Emmanuel": "Manny",
}  # fmt: skip
CYRILLIC = [
    ("Олександр", "Oleksandr"),
    ("Сергій", "Sergei"),
    ("Дмитро", "Dmitri"),
    ("Ольга", "Olga"),
    ("Марія", "Maria"),
]
STARTS = (
    "Al An Bri Ca Da El Fa Ga Ha Is Ja Ka La Ma Na Or Pa Ra Sa Ta Va Wi Ya Za Che Shi Thi Kri Dre Ro Lu Mi No Su Te Be"
).split()
MIDDLES = "la ri na sha ve do mi lo ra ti ne ka ma de zo".split()
ENDS = "a n na ne lle l us o ie y ah sha son ta rd th m iq sz na".split()
STEMS = (
    "Ash Birch Clay Dun Elm Fern Gorse Hazel Ive Juni Kel Larch Moss Nettle Oak Pine Quill Row Sedge Thorn Wal Whit Hart Brad"
    " Stan Black Green Wood Ox New Old Nor Sut West Est Cob Fal Gil Hep Ing Jar Kirk Lod Mar Nun Oss Pem Rush Sal Tun Ull Vard"
    " Wend Yar Zel Cran Drax Frob Grim Hol"
).split()
JOINTS = " er ing s en le ham a o i".split(" ")
TAILS = (
    "bury by combe dale den field ford gate ham hurst ley low mere more ness over ridge shaw ton well wick wood worth man"
    " son ski wicz ov enko adeh oglu ani pour"
).split()
STREETS = (
    "Corn Mill Tannery Station Church Hale Long Chapel School Victoria Albert Queen King Park Manor Grange Orchard Meadow"
    " River Bridge Castle Market North South East West High Low New Old Spring Well Oak Elm Ash Beech Cedar Birch Holly Rose"
).split()
ROADS = "Street Road Lane Avenue Close Drive Row Court Crescent Gardens Terrace Way".split()
TOWNS = "Easterby Sandholm Northmere Kirkdale Westford Ashcombe Millbridge Harrowgate".split()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Names in the order of how frequent they are, and the sums of their weights."""

    names: Sequence[str]
    sums: Sequence[float]

    def some(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.names, cum_weights=self.sums, k=count)


def ranked(known: Sequence[str], made: Sequence[str], slope: float, shift: int) -> Drawn:
    """Each name is the less frequent the later it stands: 1 / (rank + shift) ** slope."""
    names = list(dict.fromkeys([*known, *made]))
    sums = list(itertools.accumulate(1 / (rank + shift) ** slope for rank in range(len(names))))
    return Drawn(names, sums)


def forenames(chance: random.Random, known: Sequence[str], count: int = 15_000) -> Drawn:
    """The commonest hundred are two in three of all."""
    made = ["".join(parts) for parts in itertools.product(STARTS, MIDDLES, ENDS)]
    made += ["".join(parts) for parts in itertools.product(STARTS, MIDDLES, MIDDLES, ENDS[:4])]
    return ranked(known, chance.sample(made, min(count, len(made))), slope=1.3, shift=8)


def surnames(chance: random.Random, count: int = 30_000) -> Drawn:
    """Smith is one in a hundred; the commonest hundred are a quarter of all."""
    made = ["".join(parts).capitalize() for parts in itertools.product(STEMS, JOINTS, TAILS)]
    made += ["".join(parts).capitalize() for parts in itertools.product(STEMS, JOINTS[1:], JOINTS[1:], TAILS[:12])]
    return ranked(SURNAMES, chance.sample(made, min(count, len(made))), slope=0.9, shift=8)
