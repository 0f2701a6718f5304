"""What a first version of such a program looks like: decode, FaceAnalysis.get, insert; one by one.

    python benchmarks/faceanalysis_loop.py FOLDER

Uses the `lite` model files, one detection pass at 640, all cores inside onnxruntime, and a new
embedded database. Prints one JSON object: seconds (without start-up) and faces.
"""

import json
import sys
import tempfile
import time
import warnings
from contextlib import redirect_stdout
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cv2
import psycopg
from pgvector.psycopg import register_vector

from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.vision.packs import find_pack

_TABLE = "create table faces (photo text, box real[], score real, embedding vector(512))"
_INSERT = "insert into faces values (%s, %s, %s, %s)"


def main() -> None:
    warnings.simplefilter("ignore")
    from insightface.app import FaceAnalysis

    pack = find_pack("lite", Path("unused"))
    with tempfile.TemporaryDirectory(prefix="eventsnap-peer-") as folder:
        models = Path(folder) / "models"
        models.mkdir()
        for file in (pack.detector, pack.recognizer):
            (models / file.name).symlink_to(file)
        with redirect_stdout(sys.stderr):
            app = FaceAnalysis(name=str(models), providers=["CPUExecutionProvider"])
            app.prepare(ctx_id=-1, det_size=(640, 640), det_thresh=0.5)
        with embedded_server(Path(folder)) as server, psycopg.connect(server.url) as connection:
            connection.execute("create extension if not exists vector")
            register_vector(connection)
            connection.execute(_TABLE)
            connection.commit()
            started, faces = time.perf_counter(), 0
            for path in sorted(Path(sys.argv[1]).iterdir()):
                found = app.get(cv2.imread(str(path)))
                rows = [
                    (path.name, face.bbox.tolist(), float(face.det_score), face.normed_embedding)
                    for face in found
                ]
                connection.cursor().executemany(_INSERT, rows)
                connection.commit()
                faces += len(rows)
            seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "faces": faces}))


if __name__ == "__main__":
    main()
