"""Builds the real objects the command-line modes share: settings, source, index, vision."""

import logging
import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventsnap_desktop.app.talking import note
from eventsnap_desktop.domain.errors import ModelPackError, PhotoUnreadableError
from eventsnap_desktop.domain.faces import EncodedPicture
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.flows.encode import EncodeOptions
from eventsnap_desktop.flows.encode_pipeline import PipelineSize
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.settings.loading import LoadedSettings, load_settings
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3 import S3Source
from eventsnap_desktop.storage.s3_connection import S3Connection
from eventsnap_desktop.vision.decode import Picture, decode
from eventsnap_desktop.vision.encoder import ENOUGH_PIXELS, FaceEncoder, open_encoder
from eventsnap_desktop.vision.packs import ModelPack, find_pack
from eventsnap_desktop.vision.runtime import Provider, choose_provider

log = logging.getLogger(__name__)

Source = FolderSource | S3Source
