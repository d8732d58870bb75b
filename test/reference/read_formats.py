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


READERS = {
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

# MORE READERS

if __name__ == "__main__":
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["format"] == "rle-strings":
            answer = rle_strings(asked)
        else:
            answer = READERS[asked["format"]](asked["folder"], asked["video"])
        print(json.dumps(answer, ensure_ascii=True))
