"""The rules of 2021 as a competent analyst would write them in pandas: the yardstick, not the product.

    python analyst_pandas.py votes members.csv nominees.csv folder

It takes the same for granted as `analyst_polars.py`.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

OPENS, CLOSES = pd.Timestamp("2021-02-28T23:00:00Z"), pd.Timestamp("2021-03-31T21:00:00Z")
FIELDS = ["vote_id", "member_id", "category", "submission_id", "cast_at"]
PROFILE = ["organization", "organization_type", "country", "username", "email"]


def names(column: pd.Series) -> pd.Series:
    """Equal for equal organizations."""
    return column.str.normalize("NFKC").str.casefold().str.strip()


def filled(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Whether there is something in each of these cells."""
    found = pd.Series(data=True, index=frame.index)
    for column in columns:
        found &= frame[column].fillna("").str.strip() != ""
    return found


def main() -> None:
    """Count, and write what `tally` writes."""
    votes_path, members_path, nominees_path, folder = map(Path, sys.argv[1:])
    if votes_path.suffix == ".parquet":
        votes = pd.read_parquet(votes_path)
    else:
        votes = pd.read_csv(votes_path, dtype=str, keep_default_na=False)
    members = pd.read_csv(members_path, dtype=str, keep_default_na=False)
    members["complete"] = filled(members, PROFILE)
    members["organization"] = names(members["organization"]).replace("", None)
    nominees = pd.read_csv(nominees_path, dtype=str, keep_default_na=False)
    nominees["entity"] = names(nominees["entity"])
    nominees["submitter"] = names(nominees["submitter_organization"])
    nominees = nominees.rename(columns={"category": "nominated_in"})

    votes["row"] = np.arange(2, len(votes) + 2)
    votes["moment"] = pd.to_datetime(votes["cast_at"], format="ISO8601", utc=True, errors="coerce")
    well_formed = filled(votes, FIELDS) & votes["moment"].notna()
    repeated = votes[well_formed].duplicated(FIELDS)
    single = votes[well_formed][~repeated]
    if single["vote_id"].duplicated().any():
        sys.exit("two votes with one id")
    votes["repeated"] = repeated.reindex(votes.index, fill_value=False)
    known = members[["member_id", "complete", "organization"]]
    votes = votes.merge(known, on="member_id", how="left")
    of_nominee = nominees[["submission_id", "nominated_in", "entity", "submitter"]]
    votes = votes.merge(of_nominee, on="submission_id", how="left")
    second = votes["moment"].dt.floor("s")
    own = (votes["organization"] == votes["entity"]) | (votes["organization"] == votes["submitter"])
    tests = {
        "malformed": ~well_formed.to_numpy(),
        "repeated_row": votes["repeated"],
        "outside_window": ~second.between(OPENS, CLOSES),
        "unregistered": votes["complete"].isna(),
        "incomplete_profile": votes["complete"].ne(True),
        "not_nominated": votes["nominated_in"].isna(),
        "wrong_category": votes["category"] != votes["nominated_in"],
        "own_project": own.fillna(False),
    }
    votes["reason"] = np.select(
        [np.asarray(test, bool) for test in tests.values()], list(tests), ""
    )
    valid = votes[votes["reason"] == ""].sort_values(["moment", "vote_id"])
    later = valid[valid.duplicated(["member_id", "category"])]
    votes.loc[later.index, "reason"] = "second_vote"

    rejected = votes[votes["reason"] != ""].assign(file=votes_path.name)
    rejected[["vote_id", "reason", "file", "row"]].to_csv(
        folder / "rejected-votes.csv", index=False
    )
    numbers = votes[votes["reason"] == ""].groupby("submission_id").size()
    standings = nominees[["nominated_in", "submission_id"]].copy()
    standings["votes"] = standings["submission_id"].map(numbers).fillna(0).astype(int)
    standings.sort_values(
        ["nominated_in", "votes", "submission_id"], ascending=[True, False, True]
    ).to_csv(folder / "standings.csv", index=False)


if __name__ == "__main__":
    main()
