"""How names read inside a sentence: in small letters, of one and of several."""

import re
from collections.abc import Mapping, Sequence

WITH_ARTICLE = re.compile(
    r"police|designated officer|voluntary sector|ambulance service|"
    r"(?!(?:the|an?|another|other) |(?:.* )?(?:for|of|by|in|people) ).+ (?:hospital|trust|care board|brigade|team)"
)
HEAD = re.compile(
    r"((?:different )?(?:child(?:ren)? looked after(?! by)|unaccompanied asylum-seeking child(?:ren)?|care leavers?|"
    r"child(?:ren)?|adults?|young people|young person|people|person))(?= |$)"
)
SEXED = re.compile(r"\b(children|adults)( looked after)? who were (boys|girls|men|women)\b")  # "girls looked after"
GROWN = ("children aged 18 and over", "people aged 18 and over")
BODY = re.compile(r".*\b(?:team|desk|hub|door|service|unit|board|council|forum)s?", re.IGNORECASE)
HAS_ARTICLE = re.compile(r"\b(the|an?) {category}")


def join_names(names: Sequence[str], last: str = "and") -> str:
    """Return names as one phrase: "a, b and c"; nothing for none."""
    *most, one = names or [""]
    return f"{', '.join(most)} {last} {one}" if most else one


def put_inside(title: str) -> str:
    """Return a title as it reads inside a sentence: its first letter small, unless it is an abbreviation or a name."""
    first = title.partition(" ")[0]
    return title if first[1:2].isupper() or len(first) == 1 and first != "A" else title[:1].lower() + title[1:]


def make_small(label: str) -> str:
    """Return a label as it reads inside a sentence: in lower case but for abbreviations."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in label.split())


def add_article(name: str) -> str:
    """Return an agency's name as it reads inside a sentence: "the police", "the acute hospital", but "probation"."""
    return f"the {name}" if WITH_ARTICLE.fullmatch(name) else name


def place_near(text: str, part: str) -> str:
    """Return words about people with the place of a category after whom they count: "children {part} in early help"."""
    return text if part in text else HEAD.sub(rf"\1 {part}", text, count=1)


def fill_in(text: str, category: str) -> str:
    """Return words with a category in their place, with its article where they don't have one there; {small} is one
    that records write as a title ("Domestic abuse"), as it reads inside a sentence, {team} and {group} the same of a
    body: "adult social work team", "neglect group", but "safeguarding hub"."""
    small = put_inside(category).removeprefix("the ")
    body = {name: small if BODY.fullmatch(small) else f"{small} {name}" for name in ("team", "group")}
    named = category if HAS_ARTICLE.search(text) else add_article(category)
    return SEXED.sub(r"\3\2", text.format(category=named, small=small, **body)).replace(*GROWN)


def name_one(noun: str, singulars: Mapping[str, str]) -> str:
    """Return how a noun in the plural reads of one ("different children who were" is "child who was").

    Its first word that has a singular is the thing counted; a noun of another build needs its `noun_one` written.
    """
    words = noun.removeprefix("different ").split(" ")
    place = next((place for place, word in enumerate(words) if word in singulars), None)
    if place is None:
        return noun
    rest = words[place + 1 :]
    if rest[:1] == ["and"] and rest[1:2] and rest[1] in singulars:  # one of boards and subgroups is either
        rest = ["or", singulars[rest[1]], *rest[2:]]
    one = " ".join([*words[:place], singulars[words[place]], *rest])
    return re.sub(r"\b(that|who|and) were\b", r"\1 was", re.sub(r"\b(that|who|and) are\b", r"\1 is", one))
