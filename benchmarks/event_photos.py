"""Makes 24-megapixel photos of mixed face counts from smaller ones, as a camera writes them."""

import random
from pathlib import Path

import cv2
import numpy as np

WIDTH, HEIGHT = 6000, 4000
_GRAIN = 6.0  # grey levels of sensor noise: an enlarged picture alone would be too smooth to decode


def make_photos(sources: Path, target: Path, count: int, seed: int = 1) -> list[Path]:
    """Write ``count`` JPEGs of 6000x4000 into ``target``; return their paths.

    Pictures are cut to 3:2 around their middle and enlarged; every use after the first of a
    picture is mirrored or shifted, so that no two files are the same.
    """
    target.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    files = sorted(path for path in sources.iterdir() if path.is_file())
    chance.shuffle(files)
    grain = np.random.default_rng(seed)
    return [
        _write(files[number % len(files)], target / f"IMG_{number:05}.jpg", number, grain)
        for number in range(count)
    ]


def _write(source: Path, target: Path, number: int, grain: np.random.Generator) -> Path:
    if target.exists():
        return target
    image = cv2.imread(str(source))
    if image is None:
        raise SystemExit(f"{source} cannot be read")
    photo = cv2.resize(_cut(np.asarray(image)), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    if number % 2:
        photo = photo[:, ::-1]
    noise = grain.normal(0, _GRAIN, (HEIGHT // 4, WIDTH // 4, 3)).astype(np.float32)
    noisy = photo + np.tile(noise, (4, 4, 1))
    # With this grain quality 92 gives about the 8 MB that a camera of 24 megapixels writes.
    cv2.imwrite(
        str(target), np.clip(noisy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 92]
    )
    return target


def _cut(image: np.ndarray) -> np.ndarray:
    height, width = image.shape[:2]
    if width * 2 >= height * 3:
        wanted = height * 3 // 2
        left = (width - wanted) // 2
        return image[:, left : left + wanted]
    wanted = width * 2 // 3
    top = (height - wanted) // 3  # faces are in the upper part of a portrait
    return image[top : top + wanted]


def shipped_pictures(folder: Path) -> Path:
    """Return a folder with cuts of the group picture that insightface ships: one to six people."""
    import insightface

    target = folder / "sources"
    target.mkdir(parents=True, exist_ok=True)
    group = cv2.imread(str(Path(insightface.__file__).parent / "data" / "images" / "t1.jpg"))
    if group is None:
        raise SystemExit("the group picture of the insightface package cannot be read")
    height, width = group.shape[:2]
    for number, (left, right) in enumerate([(0, 1), (0, 0.5), (0.5, 1), (0.25, 0.75), (0.3, 0.6)]):
        cut = group[: height * 4 // 5, int(left * width) : int(right * width)]
        cv2.imwrite(str(target / f"{number}.png"), cut)
    return target
