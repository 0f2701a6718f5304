"""Bytes to faces: decode, detect, align, embed, quality; model packs; the onnxruntime sessions."""
