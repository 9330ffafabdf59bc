"""ORDERS AND DEATHS: what is not recorded here yet, and comes from the registers that the force keeps of it."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from reporting.measures.declare import Basis, Measure, Outside, Part, declare
from reporting.measures.facts import CRIMES
from reporting.models.outside import OutsideKind
from reporting.outside.table import (
    APPLIED,
    AUTHORISED,
    BREACHED,
    CONSIDERED,
    GRANTED,
    HOMICIDE,
    ISSUED,
    LAPSED,
    NOT_AUTHORISED,
    NOT_GRANTED,
    NOT_PURSUED,
    NOT_PURSUED_REASONS,
    ORDERS,
    RELATED,
)

REGISTER = "Brought in from the register that the force keeps of notices and orders; a month that was not brought in is not known."
NOT_YET = "The clocks of a hearing are not kept here yet."


def of_order(order: str, label: str, *figures: str, reason: str = "") -> Outside:
    return Outside(label, OutsideKind.ORDERS, figures, order, reason)


def used(order: str) -> tuple[Part, ...]:
    """From the first thought of a notice to its breach."""
    considered, issued = of_order(order, "notices considered", CONSIDERED), of_order(order, "notices served", ISSUED)
    applied, granted = of_order(order, "orders applied for", APPLIED), of_order(order, "orders granted", GRANTED)
    return (
        Part("considered", "Considered", considered),
        Part("authorised", "Authorised, of those considered", of_order(order, "notices authorised", AUTHORISED), considered),
        Part("not-authorised", "Not authorised, of those considered", of_order(order, "notices not authorised", NOT_AUTHORISED), considered),
        Part("issued", "Served, for every 100 domestic abuse crimes", issued, CRIMES),
        Part("applied", "Applied for", applied), Part("granted", "Granted, of those applied for", granted, applied),
        Part("not-granted", "Not granted, of those applied for", of_order(order, "orders not granted", NOT_GRANTED), applied),
        Part("breached", "Breached, for every 100 granted", of_order(order, "notices and orders breached", BREACHED), granted),
        Part("lapsed", "Lapsed before a hearing, of those served", of_order(order, "notices that lapsed", LAPSED), issued),
    )  # fmt: skip


def why_not(order: str) -> tuple[Part, ...]:
    """Why a notice was not pursued, of those that were not."""
    all_of_them = of_order(order, "notices not pursued", NOT_PURSUED)
    return tuple(
        Part(code.replace("_", "-"), label, of_order(order, "not pursued for this reason", NOT_PURSUED, reason=code), all_of_them)
        for code, label in NOT_PURSUED_REASONS
    )  # fmt: skip


def deaths(code: str, label: str, short: str) -> tuple[Part, ...]:
    def of(figure: str, words: str) -> Outside:
        return Outside(words, OutsideKind.DEATHS, (figure,))

    died = of(code, label)
    return (
        Part(code, label[0].upper() + label[1:], died),
        Part(
            f"{code}-known",
            f"Of the {short}, the police knew of abuse before",
            of(f"{code}_known", "known of before"),
            died,
        ),
        Part(
            f"{code}-reviewed",
            f"Of the {short}, a review is decided on",
            of(f"{code}_reviewed", "to be reviewed"),
            died,
        ),
    )


CODES = {"dvpn": "M29", "dapn": "M29-dapn", "spo": "M29-spo"}

declare(
    *(
        Measure(
            CODES[order], name, "Notices considered, authorised, not authorised and served, orders applied for, granted, not granted and breached, in the window; served for every 100 domestic abuse crimes.",
            "Orders", "S3-172, S2-023; C.2", Basis.PERIOD, used(order), by=("division", "team"), pair="M20", mind=REGISTER,
        ) for order, name in ORDERS
    ),
    *(
        Measure(
            f"{CODES[order]}-why", f"Why not: {name}", "Notices that were considered and not pursued, by the reason that was given, for every 100 not pursued.",
            "Orders", "S2-031", Basis.PERIOD, why_not(order), by=("division", "team"), good="less", pair="M07", mind=REGISTER,
        ) for order, name in ORDERS
    ),
    Measure("M30", "Hearings of orders in time", "Notices whose hearing was held within 48 hours, for every 100 served.", "Orders", "O1, O3", lacks=NOT_YET),
    Measure(
        "M43", "Domestic homicides", "Domestic homicides and other deaths related to domestic abuse; of them those in which the police knew of abuse before, and those of which a review is decided on, for every 100.",
        "Harm", "S3-161; C.2", Basis.PERIOD, (*deaths(HOMICIDE, "domestic homicides", "homicides"), *deaths(RELATED, "other deaths related to domestic abuse", "other deaths")), by=("division",), good="less",
        mind="Brought in from the register of homicides and reviews; a death is not recorded here. Of so few a rate says little: read the numbers.",
    ),
)  # fmt: skip
