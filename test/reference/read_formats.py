"""Reads exported files with the programs that own the formats: one JSON request a line, one JSON answer a line."""

import glob
import hashlib
import json
import os
import sys

import numpy as np


def digest(mask):
    data = np.ascontiguousarray(mask.astype(np.uint8))
    return [int(data.sum()), hashlib.sha1(data.tobytes()).hexdigest()]


def put(out, name, frame, mask):
    if mask.any():
        out.setdefault(str(name), {})[str(frame)] = digest(mask)


def labels_of(out, frame, labels):
    for number in np.unique(labels):
        if number != 0:
            put(out, int(number), frame, labels == number)


def read_indexed(folder, video):
    """The rule of the DAVIS evaluation: np.array(Image.open(path)), the palette's indexes."""
    from PIL import Image

    out = {}
    for path in sorted(glob.glob(os.path.join(folder, "Annotations", glob.escape(video), "*.png"))):
        picture = Image.open(path)
        assert picture.mode == "P", picture.mode
        assert picture.getpalette()[:6] == [0, 0, 0, 128, 0, 0]
        labels_of(out, int(os.path.splitext(os.path.basename(path))[0]), np.array(picture))
    return out


def read_binary(folder, video):
    import cv2

    out = {}
    for path in sorted(glob.glob(os.path.join(folder, glob.escape(video), "*", "*.png"))):
        data = np.fromfile(path, np.uint8)
        picture = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
        assert picture.ndim == 2 and set(np.unique(picture)) <= {0, 255}
        put(out, os.path.basename(os.path.dirname(path)), int(os.path.basename(path)[:-4]), picture > 0)
    return out


def read_coco(folder, video):
    """As pycocotools and the YouTube-VIS fork of it do: polygons by frPyObjects and merge, run lengths by decode."""
    from pycocotools import mask as mask_util

    with open(os.path.join(folder, video + ".json"), encoding="utf8") as file:
        content = json.load(file)
    out = {}
    (clip,) = content["videos"]
    categories = {one["id"] for one in content["categories"]}
    for one in content["annotations"]:
        assert one["category_id"] in categories and one["video_id"] == clip["id"]
        assert len(one["segmentations"]) == clip["length"] == len(clip["file_names"])
        for i, shape in enumerate(one["segmentations"]):
            if shape is None:
                assert one["areas"][i] is None and one["bboxes"][i] is None
                continue
            if isinstance(shape, list):
                rle = mask_util.merge(mask_util.frPyObjects(shape, clip["height"], clip["width"]))
            else:
                assert isinstance(shape["counts"], str)
                rle = shape
            assert int(mask_util.area(rle)) == one["areas"][i], (int(mask_util.area(rle)), one["areas"][i])
            assert mask_util.toBbox(rle).tolist() == one["bboxes"][i]
            frame = int(os.path.splitext(os.path.basename(clip["file_names"][i]))[0])
            put(out, one["attributes"]["name"], frame, mask_util.decode(rle))
    return out


def read_array(folder, video):
    path = os.path.join(folder, video)
    if os.path.exists(path + ".npy"):
        masks, frames = np.load(path + ".npy"), None
    else:
        archive = np.load(path + ".npz")
        masks, frames = archive["masks"], archive["frames"]
        assert archive["objects"].dtype == np.int32
    out = {}
    for i, labels in enumerate(masks):
        labels_of(out, int(frames[i]) if frames is not None else i, labels)
    return out


def rle_strings(request):
    """pycocotools on masks that it encodes itself, and on strings that it is given."""
    from pycocotools import mask as mask_util

    out = []
    for one in request["masks"]:
        mask = np.array(one["data"], np.uint8).reshape(one["height"], one["width"])
        rle = mask_util.encode(np.asfortranarray(mask))
        given = {"size": [one["height"], one["width"]], "counts": one["counts"]}
        out.append([rle["counts"].decode(), bool((mask_util.decode(given) == mask).all())])
    return out


def read_meta(folder, video):
    with open(os.path.join(folder, "meta.json"), encoding="utf8") as file:
        return json.load(file)["videos"][video]["objects"]


def read_mots(folder, video):
    """mots_tools: txt lines whose run lengths pycocotools decodes and that share no pixel, and 16-bit PNG."""
    import cv2
    from pycocotools import mask as mask_util

    out = {}
    union = {}
    with open(os.path.join(folder, "instances_txt", video + ".txt")) as file:
        for line in file:
            frame, track, category, height, width, counts = line.strip().split(" ")
            rle = {"size": [int(height), int(width)], "counts": counts.encode()}
            mask = mask_util.decode(rle)
            assert not (union.setdefault(frame, np.zeros_like(mask)) & mask).any()
            union[frame] |= mask
            assert int(track) // 1000 == int(category)
            put(out, int(track) % 1000, int(frame), mask)
    pictures = {}
    for path in sorted(glob.glob(os.path.join(folder, "instances", glob.escape(video), "*.png"))):
        ids = cv2.imread(path, cv2.IMREAD_UNCHANGED)
        assert ids.dtype == np.uint16
        for track in np.unique(ids):
            if track != 0:
                put(pictures, int(track) % 1000, int(os.path.basename(path)[:-4]), ids == track)
    assert pictures == out
    return out


def read_yolo(folder, video):
    """Ultralytics' polygon2mask: whole pixels by truncation, then cv2.fillPoly; answers with every frame's union."""
    import cv2

    with open(os.path.join(folder, "size.json")) as file:
        width, height = json.load(file)
    out = {}
    for path in sorted(glob.glob(os.path.join(folder, "labels", "*.txt"))):
        frame = int(os.path.basename(path)[:-4].split("_")[-1])
        by_class = {}
        with open(path) as file:
            for line in file:
                values = line.split()
                assert len(values) >= 7 and len(values) % 2 == 1
                xy = np.array(values[1:], np.float32).reshape(-1, 2)
                assert (xy >= 0).all() and (xy <= 1).all()
                polygon = np.asarray(xy * np.array([width, height], np.float32), np.int32)
                mask = np.zeros((height, width), np.uint8)
                cv2.fillPoly(mask, [polygon], 1)
                by_class[values[0]] = by_class.get(values[0], 0) | mask
        for category, mask in by_class.items():
            put(out, category, frame, mask)
    return out


def yolo_resampled(folder, video):
    """IoU of each line's polygon with what Ultralytics trains on: resampled to 1,000 places (ops.resample_segments)."""
    import cv2

    with open(os.path.join(folder, "size.json")) as file:
        width, height = json.load(file)
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "labels", "*.txt"))):
        for line in open(path):
            xy = np.array(line.split()[1:], np.float32).reshape(-1, 2) * np.array([width, height], np.float32)
            s, n = np.concatenate((xy, xy[:1])), 1000
            x = np.linspace(0, len(s) - 1, n - len(s) if len(s) < n else n)
            xp = np.arange(len(s))
            x = np.insert(x, np.searchsorted(x, xp), xp) if len(s) < n else x
            many = np.stack([np.interp(x, xp, s[:, i]) for i in range(2)], 1)
            masks = [cv2.fillPoly(np.zeros((height, width), np.uint8), [np.asarray(one, np.int32)], 1) for one in (xy, many)]
            out.append(float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum()))
    return out


def read_cvat(folder, video):
    """CVAT's own rule (dataset_manager/formats/cvat.py): runs along the rows of the box, background first."""
    import xml.etree.ElementTree as tree

    root = tree.parse(os.path.join(folder, "annotations.xml")).getroot()
    assert root.tag == "annotations" and root.find("version").text == "1.1"
    labels = {one.find("name").text for one in root.iter("label")}
    out = {}
    for image in root.iter("image"):
        width, height = int(image.get("width")), int(image.get("height"))
        for mask in image.iter("mask"):
            assert mask.get("label") in labels
            left, top, w, h = (int(mask.get(one)) for one in ("left", "top", "width", "height"))
            runs = [int(one) for one in mask.get("rle").split(",")]
            flat = np.repeat(np.arange(len(runs)) % 2, runs)
            full = np.zeros((height, width), np.uint8)
            full[top : top + h, left : left + w] = flat.reshape(h, w)
            put(out, mask.find("attribute[@name='object']").text, int(image.get("id")), full)
    return out


def read_labelme(folder, video):
    """LabelMe's label_file.py and utils/shape.py: a mask's PNG is put at its first corner."""
    import base64

    import cv2

    out = {}
    for path in sorted(glob.glob(os.path.join(folder, glob.escape(video), "*.json"))):
        with open(path, encoding="utf8") as file:
            data = json.load(file)
        for key in ("version", "imageData", "imagePath", "shapes", "flags", "imageHeight", "imageWidth"):
            assert key in data
        for shape in data["shapes"]:
            assert shape["shape_type"] == "mask" and isinstance(shape["flags"], dict)
            picture = cv2.imdecode(np.frombuffer(base64.b64decode(shape["mask"]), np.uint8), cv2.IMREAD_UNCHANGED)
            (x1, y1), (x2, y2) = np.asarray(shape["points"]).astype(int)
            full = np.zeros((data["imageHeight"], data["imageWidth"]), bool)
            full[y1 : y2 + 1, x1 : x2 + 1] = picture > 0
            put(out, shape["description"], int(os.path.basename(path)[:-5]), full)
    return out


def read_tables(folder, video):
    """pandas reads CSV and XLSX (openpyxl), pyarrow Parquet: the same rows, columns and types in all three."""
    import pandas
    import pyarrow.parquet

    out = {}
    book = pandas.read_excel(os.path.join(folder, video + ".xlsx"), sheet_name=None)
    for path in sorted(glob.glob(os.path.join(folder, glob.escape(video) + "-tables", "*.csv"))):
        name = os.path.basename(path)[:-4]
        csv = pandas.read_csv(path)
        table = pyarrow.parquet.read_table(path[:-4] + ".parquet")
        parquet = table.to_pandas()
        for other in (book[name], parquet):
            assert list(csv.columns) == list(other.columns)
            assert len(csv) == len(other), (name, len(csv), len(other))
            for column in csv.columns if len(csv) else []:
                a, b = csv[column], other[column]
                if str(table.schema.field(column).type) == "bool":
                    truth = {"True": 1, "true": 1, "1.0": 1, "1": 1}
                    assert [str(one) in truth for one in a.dropna()] == [str(one) in truth for one in b.dropna()]
                elif pandas.api.types.is_numeric_dtype(a) and a.dtype != bool:
                    assert np.allclose(a.astype(float), b.astype(float), rtol=1e-12, equal_nan=True), (name, column)
                else:
                    assert [str(one) for one in a.dropna()] == [str(one) for one in b.dropna()], (name, column)
        out[name] = {
            "rows": json.loads(parquet.to_json(orient="records")),
            "types": {one.name: str(one.type) for one in table.schema},
        }
    return out


def measure(request):
    """Area, centroid, box, perimeter, solidity and orientation by OpenCV."""
    import cv2

    out = []
    for one in request["masks"]:
        mask = np.array(one["data"], np.uint8).reshape(one["height"], one["width"])
        contours, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
        outer, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        x, y, w, h = cv2.boundingRect(mask)
        m = cv2.moments(mask, binaryImage=True)
        ys, xs = np.nonzero(mask)
        corners = np.concatenate([np.stack([xs + i, ys + j], 1) for i in (0, 1) for j in (0, 1)])
        hull = cv2.contourArea(cv2.convexHull(corners.astype(np.int32)))
        angle = 0.5 * np.degrees(np.arctan2(2 * m["mu11"], m["mu20"] - m["mu02"]))
        round_ = abs(m["mu20"] - m["mu02"]) < 1e-6 and abs(m["mu11"]) < 1e-6
        out.append(
            {
                "area": int(mask.sum()),
                "centroid": [m["m10"] / m["m00"], m["m01"] / m["m00"]],
                "box": [x, y, x + w - 1, y + h - 1],
                "perimeter": sum(cv2.arcLength(c, True) for c in contours),
                "solidity": float(mask.sum() / hull),
                "orientation": None if round_ else float(angle),
            }
        )
    return out


def read_samannot(folder, video):
    import cv2
    import openpyxl

    root = os.path.join(folder, video)
    books = {}
    for name in ("label_data", "manual_data", "interpolated_data"):
        sheet = openpyxl.load_workbook(os.path.join(root, name + ".xlsx")).active
        books[name] = [list(row) for row in sheet.iter_rows(values_only=True)]
    shapes = {
        kind: [cv2.imread(path, cv2.IMREAD_UNCHANGED).shape for path in sorted(glob.glob(os.path.join(root, kind, "*.png")))]
        for kind in ("masks", "frames", "overlays")
    }
    first = cv2.cvtColor(cv2.imread(sorted(glob.glob(os.path.join(root, "masks", "*.png")))[0]), cv2.COLOR_BGR2RGB)
    colours = sorted({tuple(int(v) for v in one) for one in first.reshape(-1, 3)})
    return {"books": books, "shapes": shapes, "colours": colours}


def read_overlay(folder, video):
    """OpenCV's video reader: size, frames a second, number of frames, and the middle colours of some places."""
    import cv2

    capture = cv2.VideoCapture(os.path.join(folder, video + "-overlay.mp4"))
    frames = []
    while True:
        there, picture = capture.read()
        if not there:
            break
        frames.append(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    with open(os.path.join(folder, "places.json")) as file:
        places = json.load(file)
    return {
        "size": [int(frames[0].shape[1]), int(frames[0].shape[0])],
        "rate": capture.get(cv2.CAP_PROP_FPS),
        "count": len(frames),
        "colours": [[int(v) for v in frames[n][y, x]] for n, x, y in places],
    }


def read_dataset(folder, split):
    """pycocotools' own COCO class reads the pictures' file; the videos' file as the YouTube-VIS fork does."""
    import contextlib

    from pycocotools import mask as mask_util
    from pycocotools.coco import COCO

    root = os.path.join(folder, "annotations")
    with contextlib.redirect_stdout(sys.stderr):
        coco = COCO(os.path.join(root, "instances_" + split + ".json"))
    masks = {}
    for one in coco.loadAnns(coco.getAnnIds()):
        mask = coco.annToMask(one)
        rle = coco.annToRLE(one)
        assert int(mask_util.area(rle)) == one["area"] and mask_util.toBbox(rle).tolist() == one["bbox"]
        assert one["category_id"] in coco.cats
        masks[coco.imgs[one["image_id"]]["file_name"] + " " + str(one["track_id"])] = digest(mask)
    with open(os.path.join(root, split + ".json"), encoding="utf8") as file:
        content = json.load(file)
    names = {one["id"]: one["name"] for one in content["categories"]}
    assert names == {one["id"]: one["name"] for one in coco.cats.values()}
    videos = {one["id"]: one for one in content["videos"]}
    video_masks = {}
    for one in content["annotations"]:
        files = videos[one["video_id"]]["file_names"]
        assert len(files) == len(one["segmentations"])
        for name, shape in zip(files, one["segmentations"]):
            if shape is not None:
                video_masks[name + " " + str(one["id"])] = digest(mask_util.decode(shape))
    return {
        "categories": names,
        "images": list(coco.imgs.values()),
        "videos": content["videos"],
        "tracks": [
            {"id": one["id"], "video_id": one["video_id"], "category": names[one["category_id"]], "name": one["attributes"]["name"]}
            for one in content["annotations"]
        ],
        "masks": masks,
        "videoMasks": video_masks,
    }


READERS = {
    "dataset": read_dataset,
    "yolo-resampled": yolo_resampled,
    "overlay": read_overlay,
    "mots": read_mots,
    "yolo": read_yolo,
    "cvat": read_cvat,
    "labelme": read_labelme,
    "tables": read_tables,
    "samannot": read_samannot,
    "davis": read_indexed,
    "lvos": read_indexed,
    "youtube-vos": read_indexed,
    "binary": read_binary,
    "coco": read_coco,
    "coco-polygons": read_coco,
    "npy": read_array,
    "npz": read_array,
    "meta": read_meta,
}

if __name__ == "__main__":
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["format"] == "rle-strings":
            answer = rle_strings(asked)
        elif asked["format"] == "measure":
            answer = measure(asked)
        else:
            answer = READERS[asked["format"]](asked["folder"], asked["video"])
        print(json.dumps(answer, ensure_ascii=True))
