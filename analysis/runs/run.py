"""One build as it goes: whose report, where it stands and is made, what was made before, what must be made again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.keys import make_key
from analysis.measures.periods import parse_year
from analysis.partnership import Partnership
from analysis.release.keys import list_earlier, list_inputs
from analysis.runs.made import Made, Part, list_changed, read_made
from analysis.runs.plan import PARAMETERS, Outcome, choose_sections, find_notebook
from analysis.settings import LIMITS, STORE, check_release, get_limit, get_notebook_root, get_release_folder

Progress = Callable[[Outcome], None]


@dataclass
class Run:
    """One build as it goes: whose report, where it stands, where it is made, what was made before."""

    partnership: Partnership
    year: str
    kind: str
    wanted: Collection[str] = ()
    force: bool = False
    pdf: bool = False
    set_aside: bool = False
    staging: Path = Path()
    progress: Progress = lambda outcome: None
    parts: dict[str, Part] = field(default_factory=dict)
    cleared: set[bytes] = field(default_factory=set)

    def __post_init__(self):
        parse_year(self.year)
        check_release(self.kind)
        self.folder = get_release_folder(self.partnership.id, self.year, self.kind)
        self.sections = [section.id for section in choose_sections(self.partnership, ())]
        choose_sections(self.partnership, self.wanted)
        self.parameters = dict(zip(PARAMETERS, (self.partnership.id, self.year, self.kind), strict=True))
        self.notebooks = {id: find_notebook(id, get_notebook_root(), self.parameters) for id in self.sections}
        self.read_inputs()

    def read_inputs(self) -> None:
        """Mark what the release follows from as it is now, and recall what was made before."""
        earlier = list_earlier(self.partnership, self.year, self.kind)
        marks = {"notebooks": make_key(self.notebooks.values()), "parameters": make_key([], self.parameters)}
        marks["faulty returns"] = "set aside" if self.set_aside else "refused"
        marks["limits"] = make_key([], {name: get_limit(name) for name in LIMITS})
        self.inputs = {**list_inputs(self.partnership), **earlier, **marks}
        self.made = Made() if self.force else read_made(self.folder)

    def list_changes(self) -> list[str]:
        """Return what has changed since the last build, and what it made that isn't there any more; nothing where the
        report is as it would be made again."""
        if not self.made.files or self.wanted or self.set_aside:  # what is set aside is told each time
            return ["asked for"] if self.made.files else ["nothing was made yet"]
        lacking = [id for id in self.sections if id not in self.made.parts]
        again = [id for id in self.sections if id in self.made.parts and not self.made.parts[id].key]
        return [
            *(name for name in self.inputs if self.inputs[name] != self.made.inputs.get(name)),
            *(["files of the release"] if list_changed(self.made.files, self.folder) else []),
            *(["sections"] if lacking or again else []),
            *(["PDF"] if self.pdf and "report.pdf" not in self.made.files else []),
        ]

    def holds_release(self) -> bool:
        """Whether the store that stands is what counting and disclosure control would give again: neither reads a
        notebook, and what is set aside is told each time."""
        read = self.inputs.keys() - {"notebooks", "limits"}
        same = all(self.inputs[name] == self.made.inputs.get(name) for name in read)
        return same and not self.set_aside and not list_changed(self.made.files, self.folder, [STORE])

    def choose(self, keys: Mapping[str, str]) -> list[str]:
        """Return the sections to run: those asked for, and those whose page would be another one now.

        Where sections are named, one that has no page yet stays without.
        """
        had = {id for id in self.sections if (self.folder / "sections" / f"{id}.html").is_file()}
        asked = [id for id in self.sections if id in self.wanted or (not self.wanted and self.force)]
        due = [id for id in self.sections if not self.made.holds(id, keys[id], self.folder)]
        return [id for id in self.sections if id in asked or (id in due and (not self.wanted or id in had))]
