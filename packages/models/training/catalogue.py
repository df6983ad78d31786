"""The attributes that become sliders: their names, labels, groups and relatives.

`source` is a CelebA column, a measured number (`#yaw`), or a negated column (`-No_Beard`).
`related` lists what may move along with an edit, by meaning rather than by correlation in CelebA:
holding cheeks and mouth still guts a smile. Everything else is held still by a joint direction.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    name: str
    label: str
    group: str
    source: str
    related: tuple[str, ...] = ()


HAIR = ("blond_hair", "black_hair", "brown_hair", "gray_hair")
BEARD = ("beard", "mustache", "goatee", "sideburns", "five_o_clock_shadow")
SMILE = ("smiling", "high_cheekbones", "mouth_open", "narrow_eyes", "eyes_open")
AGE = ("young", "gray_hair", "bald", "receding_hairline", "bags_under_eyes")
SEX = ("male", *BEARD, "heavy_makeup", "lipstick", "bushy_eyebrows", "arched_eyebrows", "earrings", "necktie", "wavy_hair")
STYLE = ("bangs", "wavy_hair", "straight_hair", "receding_hairline", "bald", "hat")
MAKE_UP = ("heavy_makeup", "lipstick", "rosy_cheeks", "arched_eyebrows")


def entry(name: str, label: str, group: str, source: str, *related: tuple[str, ...]) -> Entry:
    names = dict.fromkeys(n for family in related for n in family if n != name)
    return Entry(name, label, group, source, tuple(names))


CATALOGUE: tuple[Entry, ...] = (
    entry("blond_hair", "Blond hair", "hair colour", "Blond_Hair", HAIR),
    entry("black_hair", "Black hair", "hair colour", "Black_Hair", HAIR),
    entry("brown_hair", "Brown hair", "hair colour", "Brown_Hair", HAIR),
    entry("gray_hair", "Gray hair", "hair colour", "Gray_Hair", HAIR),
    entry("beard", "Beard", "facial hair", "-No_Beard", BEARD),
    entry("mustache", "Mustache", "facial hair", "Mustache", BEARD),
    entry("goatee", "Goatee", "facial hair", "Goatee", BEARD),
    entry("sideburns", "Sideburns", "facial hair", "Sideburns", BEARD),
    entry("five_o_clock_shadow", "Stubble", "facial hair", "5_o_Clock_Shadow", BEARD),
    entry("smiling", "Smile", "expression", "Smiling", SMILE),
    entry("mouth_open", "Mouth open", "expression", "#mouth_open", ("high_cheekbones",)),
    entry("high_cheekbones", "Raised cheeks", "expression", "High_Cheekbones", SMILE),
    entry("yaw", "Head turn", "pose and gaze", "#yaw", ("gaze",)),
    entry("pitch", "Head tilt", "pose and gaze", "#pitch"),
    entry("gaze", "Gaze", "pose and gaze", "#gaze_x"),
    entry("eyes_open", "Eyes open", "eyes and brows", "#eye_open", ("narrow_eyes",)),
    entry("narrow_eyes", "Narrow eyes", "eyes and brows", "Narrow_Eyes", ("eyes_open",)),
    entry("bushy_eyebrows", "Bushy brows", "eyes and brows", "Bushy_Eyebrows", ("arched_eyebrows",)),
    entry("arched_eyebrows", "Arched brows", "eyes and brows", "Arched_Eyebrows", ("bushy_eyebrows",)),
    entry("bags_under_eyes", "Bags under eyes", "eyes and brows", "Bags_Under_Eyes"),
    entry("bangs", "Bangs", "hair style", "Bangs", STYLE),
    entry("wavy_hair", "Wavy hair", "hair style", "Wavy_Hair", STYLE),
    entry("straight_hair", "Straight hair", "hair style", "Straight_Hair", STYLE),
    entry("receding_hairline", "Receding hairline", "hair style", "Receding_Hairline", STYLE),
    entry("bald", "Bald", "hair style", "Bald", STYLE, HAIR),
    entry("young", "Young", "age and sex", "Young", AGE),
    entry("male", "Male", "age and sex", "Male", SEX),
    entry("chubby", "Full face", "age and sex", "Chubby"),
    entry("pale_skin", "Pale skin", "skin and make-up", "Pale_Skin"),
    entry("rosy_cheeks", "Rosy cheeks", "skin and make-up", "Rosy_Cheeks", MAKE_UP),
    entry("heavy_makeup", "Make-up", "skin and make-up", "Heavy_Makeup", MAKE_UP),
    entry("lipstick", "Lipstick", "skin and make-up", "Wearing_Lipstick", MAKE_UP),
    entry("big_nose", "Big nose", "age and sex", "Big_Nose"),
    entry("eyeglasses", "Eyeglasses", "accessories", "Eyeglasses", ("bags_under_eyes",)),
    entry("hat", "Hat", "accessories", "Wearing_Hat", STYLE, HAIR),
    entry("earrings", "Earrings", "accessories", "Wearing_Earrings"),
    entry("necktie", "Necktie", "accessories", "Wearing_Necktie"),
)
