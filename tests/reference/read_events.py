"""Prints, as JSON, what TensorBoard makes of the event files in a folder:   read_events.py FOLDER

The folder is read as TensorBoard's own server reads it, by its event multiplexer with the conversions of its loader.
Needs the package tensorboard.
"""
import io
import json
import sys
import wave

from tensorboard.backend.event_processing import plugin_event_multiplexer
from tensorboard.util import tensor_util

multiplexer = plugin_event_multiplexer.EventMultiplexer(
    tensor_size_guidance={"scalars": 0, "histograms": 0, "text": 0, "audio": 0}
)
multiplexer.AddRun(sys.argv[1], "run")
multiplexer.Reload()


def events(plugin):
    tags = multiplexer.PluginRunToTagToContent(plugin).get("run", {})
    return {tag: multiplexer.Tensors("run", tag) for tag in tags}


def values(event):
    return tensor_util.make_ndarray(event.tensor_proto)


def sound(event):
    content = values(event).flatten()[0]
    with wave.open(io.BytesIO(content)) as file:
        return {"frames": file.getnframes(), "rate": file.getframerate()}


print(
    json.dumps(
        {
            "scalars": {tag: [[e.step, float(values(e))] for e in found] for tag, found in events("scalars").items()},
            "histograms": {
                tag: [[e.step, values(e).tolist()] for e in found] for tag, found in events("histograms").items()
            },
            "texts": {tag: values(found[-1]).flatten()[0].decode() for tag, found in events("text").items()},
            "sounds": {tag: sound(found[-1]) for tag, found in events("audio").items()},
        }
    )
)
