"""Early help (D17): an episode for each contact that led to one."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from synthetic.calendar import working_days_after
from synthetic.draws import gamma_days, pick, pseudonyms, stream, yes
from synthetic.people import Children

NEEDS = {
    "end_reason": "end",
    "outcome_score_end": "end",
    "re_entry_12m": "_followed",
    "sc_involvement_12m": "_followed",
}


def make_episodes(seed: int, settings: Mapping[str, Any], children: Children, contacts: pd.DataFrame) -> pd.DataFrame:
    """Return an early help episode for each contact that led to one."""
    rng, early = stream(seed, "early help"), settings["early_help"]
    sent = contacts[contacts["outcome"] == "early_help"].reset_index(drop=True)
    size = len(sent)
    start = working_days_after(sent["decided_at"].to_numpy("datetime64[D]"), rng.integers(1, 12, size))
    end = start + gamma_days(rng, early["days"], size, shape=3, least=45)
    reason = pick(rng, early["end_reason"], size)
    scores = np.clip(np.rint(rng.normal(4.2, 1.3, size)), 1, 9)
    frame = pd.DataFrame(
        {
            "child": sent["child"],
            "source": sent["source_agency"],
            "start": start,
            "plan_date": start + rng.integers(7, 40, size),
            "end": end,
            "_followed": end + 365,
            "need": pick(rng, settings["need"]["need_code"], size),
            "lead_agency": pick(rng, early["lead_agency"], size),
            "end_reason": reason,
            "outcome_score_start": scores,
            "outcome_score_end": np.clip(scores + np.rint(rng.normal(1.4, 1.2, size)), 1, 10),
            "re_entry_12m": yes(rng, early["re_entry"], size),
            "sc_involvement_12m": yes(rng, pd.Series(reason).map(early["social_care"]).to_numpy(), size),
        }
    ).drop_duplicates(["child", "start"], ignore_index=True)
    families = pseudonyms(seed, "FA", len(children.key) // 2 + 1)
    roles = frame["lead_agency"].map(early["lead_role"]).to_numpy(object)
    other = yes(stream(seed, "early help leads"), early["other_role"], len(frame))
    who = frame["child"].to_numpy()
    return frame.assign(
        child_pseudo=children.key[who], family_pseudo=families[who // 2], hub=children.locality[who]
    ).assign(lead_role=np.where(other, "other", roles))
