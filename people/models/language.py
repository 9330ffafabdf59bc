"""The languages that may be chosen: ISO 639-1 codes, and signed languages by the codes of ISO 639-3."""

from __future__ import annotations

ENGLISH, OTHER = "en", "other"

# fmt: off
LANGUAGES: tuple[tuple[str, str], ...] = (
    (ENGLISH, "English"), ("cy", "Welsh"), ("bfi", "British Sign Language"),
    ("sq", "Albanian"), ("am", "Amharic"), ("ar", "Arabic"), ("bn", "Bengali"), ("bg", "Bulgarian"),
    ("yue", "Chinese: Cantonese"), ("zh", "Chinese: Mandarin"), ("hr", "Croatian"), ("cs", "Czech"),
    ("prs", "Dari"), ("nl", "Dutch"), ("fa", "Farsi (Persian)"), ("fr", "French"), ("de", "German"),
    ("el", "Greek"), ("gu", "Gujarati"), ("he", "Hebrew"), ("hi", "Hindi"), ("hu", "Hungarian"), ("it", "Italian"),
    ("ko", "Korean"), ("ckb", "Kurdish: Sorani"), ("kmr", "Kurdish: Kurmanji"), ("lv", "Latvian"), ("ln", "Lingala"),
    ("lt", "Lithuanian"), ("ml", "Malayalam"), ("ne", "Nepali"), ("ps", "Pashto"), ("pl", "Polish"),
    ("pt", "Portuguese"), ("pa", "Punjabi"), ("ro", "Romanian"), ("rom", "Romani"), ("ru", "Russian"),
    ("sk", "Slovak"), ("so", "Somali"), ("es", "Spanish"), ("sw", "Swahili"), ("syl", "Sylheti"), ("tl", "Tagalog"),
    ("ta", "Tamil"), ("te", "Telugu"), ("ti", "Tigrinya"), ("tr", "Turkish"), ("uk", "Ukrainian"), ("ur", "Urdu"),
    ("vi", "Vietnamese"), ("yo", "Yoruba"), (OTHER, "Another language"),
)
# fmt: on
