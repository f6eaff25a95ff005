"""The splits that several themes share, with the categories of the contracts' own codes."""

from functools import cache

from analysis.counting.splits import NOT_RECORDED, Split
from analysis.returns.contracts import Column, contract

# Codes of the referral source as the children in need census groups them (Annex A, list 1).
SOURCES = {
    "1": "individual",
    "2A": "schools",
    "2B": "education services",
    "3": "health services",
    "4": "housing",
    "5": "local authority services",
    "6": "police",
    "7": "other legal agency",
    "8": "other",
    "9": "anonymous",
    "10": "not known",
}
# Groups of the census of population, as the children in need census publishes them.
ETHNIC_GROUPS = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black"}
ETHNIC_EXCEPTIONS = {"CHNE": "Asian", "OOTH": "Other", "REFU": "not known", "NOBT": "not known"}
# Bands of the Safeguarding Adults Collection; the oldest two together, as its rates have them.
ADULT_AGES = {
    "18-64": "18 to 64",
    "65-74": "65 to 74",
    "75-84": "75 to 84",
    "85-94": "85 and over",
    "85+": "85 and over",
    "95+": "85 and over",
    "not_known": "not known",
}
ADULT_ETHNICITY = {
    "white": "White",
    "mixed": "Mixed",
    "asian": "Asian",
    "black": "Black",
    "other": "Other",
    "refused": "refused",
    "not_known": "not known",
}
UNKNOWN = ("not known", NOT_RECORDED)


@cache
def from_contract(table: str, column: str, dimension: str) -> Split:
    """Return the split by a column of codes, whose categories are the labels of the contract in lower case."""
    said = column_of(table, column)
    categories = {code.code: _words(code.label) for code in said.codes}
    unknown = [name for name in categories.values() if name in UNKNOWN]
    missing = (unknown or ["" if said.required else NOT_RECORDED])[0]
    return Split(dimension, column, categories, missing, many=said.type == "codes")


def column_of(table: str, column: str) -> Column:
    """Return a column of a contract; the table is named like D26.concerns."""
    dataset, _, name = table.partition(".")
    return contract(dataset).table(name).column(column)


def _words(label: str) -> str:
    """Return a label inside a sentence: in lower case but for abbreviations."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in label.split())


def found(dimension: str, column: str) -> Split:
    """Return the split by the values that are found: agencies, localities. Nobody's absence is nought."""
    return Split(dimension, column)


def yes_no(dimension: str, column: str, yes: str, no: str) -> Split:
    """Return the split by a yes or no column, in words."""
    return Split(dimension, column, {True: yes, False: no}, NOT_RECORDED)


def by_source(table: str, column: str) -> Split:
    """Return the split by who made a contact or referral, in the census's groups."""
    grouped = {code.code: _source_of(code.code) for code in column_of(table, column).codes}
    return Split("source", column, grouped, "not known")


def _source_of(code: str) -> str:
    return SOURCES.get(code) or SOURCES[code[0]]


def by_child_ethnicity(table: str, column: str = "ethnicity") -> Split:
    """Return the split by ethnic group, from the codes of the school and children in need censuses."""
    codes = [code.code for code in column_of(table, column).codes]
    grouped = {code: ETHNIC_EXCEPTIONS.get(code) or ETHNIC_GROUPS[code[0]] for code in codes}
    return Split("ethnicity", column, grouped, "not known")


def by_child(table: str) -> tuple[Split, ...]:
    """Return the splits by a child's age band, sex, ethnic group and locality."""
    return (
        from_contract(table, "age_band", "age_band"),
        from_contract(table, "sex", "sex"),
        by_child_ethnicity(table),
        found("locality", "locality"),
    )


def by_adult(table: str) -> tuple[Split, ...]:
    """Return the splits by an adult's age band, sex, ethnic group and primary support reason."""
    return (
        Split("age_band", "age_band", ADULT_AGES, "not known"),
        from_contract(table, "sex", "sex"),
        Split("ethnicity", "ethnicity", ADULT_ETHNICITY, "not known"),
        from_contract(table, "primary_support", "primary_support"),
    )
