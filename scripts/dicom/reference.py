#!/usr/bin/python3
"""Stored values of DICOM files as other readers see them: `reference.py FOLDER > digests.json`.

Debian packages: python3-pydicom python3-gdcm dcmtk libopenjp2-tools. Every file is read in a process of its own, since
some of these files crash a reader. JPEG 2000 is decoded by OpenJPEG after the codestream was cut behind its last
tile-part; everything else by pydicom with GDCM, and once more by dcmtk. Digest: SHA-256 of the values, 16-bit little
endian, or single bytes where 8 bits are allocated; colours pixel by pixel.
"""
import hashlib
import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import pydicom
from pydicom.encaps import decode_data_sequence
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

UID = "1.2.840.10008.1.2"
NATIVE = {UID, f"{UID}.1", f"{UID}.2", f"{UID}.1.99", f"{UID}.5"}
JPEG_2000 = {f"{UID}.4.{n}" for n in (90, 91, 201, 202, 203)}
DCMTK = {f"{UID}.4.{n}": "dcmdjpeg" for n in (50, 51, 57, 70)}
DCMTK |= {f"{UID}.4.{n}": "dcmdjpls" for n in (80, 81)}
DCMTK |= {one: "dcmconv" for one in NATIVE} | {f"{UID}.5": "dcmdrle"}


def read(path):
    dataset = pydicom.dcmread(path, force=True)
    if "TransferSyntaxUID" not in dataset.file_meta:
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    return dataset


def cut_codestream(data):
    """The codestream up to the end of its last tile-part (Psot), and EOC."""
    at = 2
    while data[at : at + 2] != b"\xff\x90":
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    while data[at : at + 2] == b"\xff\x90":
        length = struct.unpack(">I", data[at + 6 : at + 10])[0]
        if length == 0:
            return data
        at += length
    return data[:at] + b"\xff\xd9"


def by_openjpeg(dataset):
    codestream = cut_codestream(b"".join(decode_data_sequence(dataset.PixelData)))
    with tempfile.TemporaryDirectory() as folder:
        source, raw = Path(folder, "frame.j2k"), Path(folder, "frame.rawl")
        source.write_bytes(codestream)
        subprocess.run(["opj_decompress", "-i", source, "-o", raw], check=True, capture_output=True)
        data = raw.read_bytes()
    count = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel
    values = numpy.frombuffer(data, dtype="<u1" if len(data) == count else "<u2")
    values = values.reshape(dataset.SamplesPerPixel, -1).T.ravel()
    return values


def meant(values, dataset):
    """Shifted down from High Bit where that is not done yet, masked to Bits Stored, sign-extended."""
    bits = dataset.BitsStored
    native = dataset.file_meta.TransferSyntaxUID in NATIVE
    words = values.astype("i4") & 0xFFFF
    words = (words >> (dataset.HighBit + 1 - bits) if native else words) & ((1 << bits) - 1)
    half = 1 << (bits - 1)
    return (words ^ half) - half if dataset.PixelRepresentation else words


def by_dcmtk(path, dataset):
    tool = DCMTK.get(dataset.file_meta.TransferSyntaxUID)
    if tool is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.dcm")
        options = ["+te"] if tool == "dcmconv" else []
        if subprocess.run([tool, *options, path, plain], capture_output=True).returncode:
            return None
        decoded = pydicom.dcmread(plain)
        if decoded.file_meta.TransferSyntaxUID != ExplicitVRLittleEndian:
            return None
        return meant(decoded.pixel_array.ravel(), decoded)


def digest(values, dataset):
    kind = "<u1" if dataset.BitsAllocated == 8 else "<u2"
    return hashlib.sha256(values.astype("i4").astype(kind).tobytes()).hexdigest()


def describe(path):
    dataset = read(path)
    jpeg2000 = dataset.file_meta.TransferSyntaxUID in JPEG_2000
    values = meant(by_openjpeg(dataset) if jpeg2000 else dataset.pixel_array.ravel(), dataset)
    second = None if jpeg2000 else by_dcmtk(path, dataset)
    return {
        "syntax": str(dataset.file_meta.TransferSyntaxUID),
        "min": int(values.min()),
        "max": int(values.max()),
        "sha256": digest(values, dataset),
        "by": "OpenJPEG" if jpeg2000 else "pydicom, GDCM",
        "dcmtk": None if second is None else digest(second, dataset) == digest(values, dataset),
    }


def main():
    if len(sys.argv) == 3:
        print(json.dumps(describe(sys.argv[2])))
        return
    found = {}
    for path in sorted(Path(sys.argv[1]).glob("*.dcm")):
        child = subprocess.run([sys.executable, __file__, "--one", str(path)], capture_output=True, text=True)
        if child.returncode == 0:
            found[path.name] = json.loads(child.stdout.splitlines()[-1])
        else:
            error = (child.stderr.strip().splitlines() or ["crashed"])[-1]
            print(f"{path.name}: {error[:120]}", file=sys.stderr)
    print(json.dumps(found, indent=2))


main()
