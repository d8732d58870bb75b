"""One COCO video file (YouTube-VIS schema) of all sessions: ids are counted anew, categories are joined by name."""

import json
import os

merged = {"info": {"description": "masklet"}, "licenses": [], "videos": [], "categories": [], "annotations": []}
categories = {}

for path in snakemake.input:  # noqa: F821
    name = os.path.basename(path)[: -len(".exported.json")]
    with open(path, encoding="utf8") as file:
        report = next(one for one in json.load(file) if one["format"] == "coco")
    with open(os.path.join(report["folder"], *report["files"][0].split("/")), encoding="utf8") as file:
        one = json.load(file)
    here = {}
    for category in one["categories"]:
        id = categories.setdefault(category["name"], len(categories) + 1)
        if id > len(merged["categories"]):
            merged["categories"].append({**category, "id": id})
        here[category["id"]] = id
    videos = {}
    for video in one["videos"]:
        videos[video["id"]] = len(merged["videos"]) + 1
        merged["videos"].append({**video, "id": videos[video["id"]], "name": name})
    for annotation in one["annotations"]:
        ids = {"id": len(merged["annotations"]) + 1, "video_id": videos[annotation["video_id"]]}
        merged["annotations"].append({**annotation, **ids, "category_id": here[annotation["category_id"]]})

with open(snakemake.output[0], "w", encoding="utf8") as file:  # noqa: F821
    json.dump(merged, file)
