"""Takes the weights out of a graph and folds what is known before it runs.

What stays: official tensor names as initialisers whose data lie in an external file, described by a manifest.
"""

import hashlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference
from onnx.reference import ReferenceEvaluator

ALIGNMENT = 64
# Constants of at most this many numbers are written into the graph.
SMALL = 4096


def slim(model: onnx.ModelProto, data_file: str) -> tuple[onnx.ModelProto, list[dict], int]:
    """The graph without weights, its manifest entries, and the length of its data file in bytes."""
    weights = {t.name: t for t in model.graph.initializer if t.data_type == TensorProto.FLOAT and t.dims}
    constants = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer if t.name not in weights}
    for tensor in weights.values():
        leave_outside(tensor, data_file, 0)
    fold(model, constants)
    drop_dead(model)
    shorten(model, set(weights))
    return externalise(model, weights, data_file)


def fold(model: onnx.ModelProto, constants: dict[str, np.ndarray]) -> None:
    graph = model.graph
    while True:
        shapes = known_shapes(model, constants)
        before = len(graph.node)
        kept = []
        for node in with_branches_taken(graph.node, constants):
            values = evaluate(node, constants, shapes)
            if values is None:
                kept.append(node)
            else:
                constants.update(zip(node.output, values))
        del graph.node[:]
        graph.node.extend(kept)
        if len(kept) == before:
            break
    share_equal(model, constants)


def with_branches_taken(nodes, constants):
    """The nodes with every `If` whose condition is known replaced by the branch it takes."""
    for node in nodes:
        if node.op_type != "If" or node.input[0] not in constants:
            yield node
            continue
        wanted = "then_branch" if constants[node.input[0]].item() else "else_branch"
        branch = next(a.g for a in node.attribute if a.name == wanted)
        rename = {inner.name: outer for inner, outer in zip(branch.output, node.output)}
        for inner in branch.node:
            inner.output[:] = [rename.get(name, name) for name in inner.output]
            inner.input[:] = [rename.get(name, name) for name in inner.input]
            yield inner


def known_shapes(model: onnx.ModelProto, constants: dict[str, np.ndarray]) -> dict[str, tuple[int, ...]]:
    trial = onnx.ModelProto()
    trial.CopyFrom(model)
    names = {t.name for t in trial.graph.initializer}
    trial.graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items() if name not in names
    )
    del trial.graph.value_info[:]
    shapes = {}
    for _ in range(3):
        inferred = shape_inference.infer_shapes(trial, data_prop=True)
        for info in [*inferred.graph.value_info, *inferred.graph.input, *inferred.graph.output]:
            dims = info.type.tensor_type.shape.dim
            if info.type.tensor_type.HasField("shape"):
                shapes[info.name] = tuple(d.dim_value if d.HasField("dim_value") else -1 for d in dims)
        attention = [n for n in trial.graph.node if n.op_type == "MultiHeadAttention"]
        missing = [n for n in attention if n.output[0] not in shapes and n.input[0] in shapes]
        if not missing:
            break
        for node in missing:
            dims = [None if d < 0 else d for d in shapes[node.input[0]]]
            trial.graph.value_info.append(helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, dims))
    for tensor in model.graph.initializer:
        shapes[tensor.name] = tuple(tensor.dims)
    return shapes


def evaluate(node, constants, shapes) -> list[np.ndarray] | None:
    if node.op_type == "Constant":
        return [numpy_helper.to_array(helper.get_node_attr_value(node, "value"))]
    if node.op_type == "Shape" and node.input[0] in shapes and min(shapes[node.input[0]], default=0) >= 0:
        return [np.array(shapes[node.input[0]], dtype=np.int64)]
    if node.domain or not node.input or any(name and name not in constants for name in node.input):
        return None
    if node.op_type in ("If", "Loop", "Scan", "RandomNormal"):
        return None
    feeds = {name: constants[name] for name in node.input if name}
    inputs = [helper.make_tensor_value_info(k, helper.np_dtype_to_tensor_dtype(v.dtype), v.shape) for k, v in feeds.items()]
    outputs = [helper.make_empty_tensor_value_info(name) for name in node.output]
    graph = helper.make_graph([node], "one", inputs, outputs)
    results = ReferenceEvaluator(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])).run(None, feeds)
    results = [np.asarray(value) for value in results]
    return results if all(value.size <= SMALL for value in results) else None


def share_equal(model: onnx.ModelProto, constants: dict[str, np.ndarray]) -> None:
    """Constants become initialisers, equal ones one."""
    by_content: dict[tuple, str] = {}
    rename = {}
    used = {name for node in model.graph.node for name in node.input} | {o.name for o in model.graph.output}
    fresh = []
    for name, value in constants.items():
        if name not in used:
            continue
        value = np.ascontiguousarray(value) if value.ndim else value
        key = (str(value.dtype), value.shape, value.tobytes())
        rename[name] = by_content.setdefault(key, f"c{len(by_content)}")
        if rename[name] == f"c{len(fresh)}":
            fresh.append(numpy_helper.from_array(value, rename[name]))
    old = [t for t in model.graph.initializer if t.name not in constants]
    del model.graph.initializer[:]
    model.graph.initializer.extend(old + fresh)
    for node in model.graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = rename.get(name, name)


def drop_dead(model: onnx.ModelProto) -> None:
    graph = model.graph
    needed = {o.name for o in graph.output}
    kept = []
    for node in reversed(graph.node):
        if any(name in needed for name in node.output):
            kept.append(node)
            needed.update(node.input)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    used = [t for t in graph.initializer if t.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(used)


def shorten(model: onnx.ModelProto, weights: set[str]) -> None:
    graph = model.graph
    keep = {i.name for i in graph.input} | {o.name for o in graph.output} | {t.name for t in graph.initializer} | weights
    names: dict[str, str] = {}
    for node in graph.node:
        node.ClearField("doc_string")
        node.ClearField("name")
        for i, name in enumerate(node.output):
            if name and name not in keep:
                node.output[i] = names.setdefault(name, f"v{len(names)}")
        for i, name in enumerate(node.input):
            node.input[i] = names.get(name, name)
    del graph.value_info[:]
    graph.doc_string = model.doc_string = ""
    graph.name = "masklet"


def externalise(model, weights, data_file):
    entries, offset = [], 0
    for tensor in model.graph.initializer:
        if tensor.name not in weights:
            continue
        offset = -(-offset // ALIGNMENT) * ALIGNMENT
        length = 4 * int(np.prod(tensor.dims, dtype=np.int64))
        entry = {"name": tensor.name, "shape": list(tensor.dims), "offset": offset}
        if tensor.name.startswith("gen_"):
            entry["generated"] = tensor.name[len("gen_") :].replace("_", "-")
        entries.append(entry)
        leave_outside(tensor, data_file, offset)
        offset += length
    return model, entries, offset


def leave_outside(tensor: TensorProto, data_file: str, offset: int) -> None:
    length = 4 * int(np.prod(tensor.dims, dtype=np.int64))
    for field in ("raw_data", "float_data"):
        tensor.ClearField(field)
    tensor.data_location = TensorProto.EXTERNAL
    del tensor.external_data[:]
    for key, value in (("location", data_file), ("offset", str(offset)), ("length", str(length))):
        tensor.external_data.add(key=key, value=value)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
