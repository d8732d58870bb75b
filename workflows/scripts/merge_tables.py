"""The tables of all sessions, one file a table: rows as `masklet export` wrote them, with the session's name before them."""

import csv
import json
import os

rows = {row["name"]: row for row in snakemake.params.rows}  # noqa: F821


def files(table):
    """Each session's name and its table, as its export reported them."""
    for path in snakemake.input:  # noqa: F821
        name = os.path.basename(path)[: -len(".exported.json")]
        with open(path, encoding="utf8") as file:
            reports = json.load(file)
        report = next(one for one in reports if one["format"] == "csv")
        written = next(one for one in report["files"] if one.endswith(f"/{table}.csv"))
        yield name, os.path.join(report["folder"], *written.split("/"))


def header(path):
    with open(path, newline="", encoding="utf8") as file:
        return next(csv.reader(file))


def source_frame(row, frame):
    """The frame's number in the video file, under the row's range and step."""
    first = int(row["range"].split("-")[0]) if row.get("range") else 0
    return first + int(frame) * int(row.get("every") or 1)


def merge(table, output):
    found = list(files(table))
    columns = list(dict.fromkeys(column for _, path in found for column in header(path)))
    extra = ["session", "source_frame"] if "frame" in columns else ["session"]
    with open(output, "w", newline="", encoding="utf8") as out:
        writer = csv.DictWriter(out, extra + columns)
        writer.writeheader()
        for name, path in found:
            with open(path, newline="", encoding="utf8") as file:
                for line in csv.DictReader(file):
                    more = {"session": name}
                    # A session that was made elsewhere knows its range itself; the table does not.
                    if "source_frame" in extra and not rows[name].get("session"):
                        more["source_frame"] = source_frame(rows[name], line["frame"])
                    writer.writerow({**more, **line})


for output in snakemake.output:  # noqa: F821
    merge(os.path.basename(output)[: -len(".csv")], output)
