"""The self-test's checks of the inference: onnxruntime, its providers, and the model pack."""

from pathlib import Path

from eventsnap_desktop.app.sample_event import make_selfie, shipped_file
from eventsnap_desktop.app.sample_shots import Shipped
from eventsnap_desktop.app.self_test_bench import Bench
from eventsnap_desktop.delivery.sample_photo import sample_photo
from eventsnap_desktop.domain.errors import EventSnapError, ModelPackError
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.vision.decode import decode
from eventsnap_desktop.vision.encoder import open_encoder
from eventsnap_desktop.vision.packs import ModelPack, Presence, find_pack, list_packs
from eventsnap_desktop.vision.runtime import Provider, choose_provider, probe_providers
from eventsnap_desktop.vision.tiny_model import run_tiny_model, write_tiny_model

_CPU = Provider("cpu", "")


def check_inference(bench: Bench) -> str:
    """Run onnxruntime on a model made on the spot: works without any pack."""
    run_tiny_model(_tiny(bench), _CPU)
    return "onnxruntime runs a model that was made on the spot."


def check_providers(bench: Bench) -> str:
    """Say on what inference can run; that there is no GPU is no failure."""
    reports = probe_providers(_tiny(bench))
    said = [f"{one.name} works" if one.works else f"{one.name}: {one.reason}" for one in reports]
    if not any(one.works for one in reports):
        raise EventSnapError(f"Inference runs nowhere: {'; '.join(said)}")
    return f"{'; '.join(said)}."


def check_pack(bench: Bench) -> str:
    """Encode a picture made on the spot with the model pack, where there is one."""
    try:
        pack = _pack(bench.usual, bench.wanted_pack)
    except ModelPackError as error:
        if bench.wanted_pack is not None:
            raise
        return f"Nothing was encoded, for no model pack is here yet. {error.advice}"
    provider = choose_provider(bench.usual.model.provider, pack.detector)
    data, has_face = _picture(bench.folder / "selfie.jpg")
    [encoded] = open_encoder(pack, provider).encode([decode(data)])
    if has_face and not encoded.faces:
        raise EventSnapError(f"The model pack {pack.name} finds no face where one is")
    if any(face.embedding.shape != (512,) for face in encoded.faces):
        raise EventSnapError(f"The model pack {pack.name} gives vectors of another length than 512")
    found = f"{len(encoded.faces)} face" if has_face else "no face, as there is none"
    return f"The model pack {pack.name} on {provider.name} encodes a picture: {found}."


def _pack(usual: Settings, wanted: str | None) -> ModelPack:
    """Return the wanted pack, else that of the settings, else any known one that is here."""
    name = wanted or usual.model.pack
    if name == "auto":
        states = list_packs(usual.models_folder)
        here = [one.name for one in states if one.presence is Presence.PRESENT]
        name = here[0] if here else "lite"
    return find_pack(name, usual.models_folder)


def _picture(file: Path) -> tuple[bytes, bool]:
    """Return a picture, with somebody's face where the sample pictures are installed."""
    has_face = shipped_file(Shipped.GROUP) is not None
    if has_face:
        make_selfie(file)
    else:
        sample_photo().save(file)
    return file.read_bytes(), has_face


def _tiny(bench: Bench) -> Path:
    file = bench.folder / "tiny.onnx"
    write_tiny_model(file)
    return file
