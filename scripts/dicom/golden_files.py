#!/usr/bin/python3
"""Small DICOM files in every syntax, made by other writers: `golden_files.py libs/dicom/test-data`.

Debian packages: python3-pydicom dcmtk libgdcm-tools libopenjp2-tools. A film of 32 x 24 px is written by pydicom and
encoded by dcmtk (JPEG, JPEG-LS, RLE, big endian, deflated), GDCM (JPEG 2000), OpenJPEG (lossy JPEG 2000)
and OpenJPH (HTJ2K, through node and dcmjs-codecs).
`reference.py` on the folder gives the digests that the tests expect.
"""
import copy
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID, ExplicitVRLittleEndian

OUT = Path(sys.argv[1])
ROWS, COLUMNS = 24, 32
JPEG_2000 = "1.2.840.10008.1.2.4"


def film(bits, signed=False):
    """A ramp under a few waves, from the lowest value to the highest."""
    y, x = numpy.mgrid[0:ROWS, 0:COLUMNS]
    wave = x / (COLUMNS - 1) * 0.6 + y / (ROWS - 1) * 0.3 + 0.05 + 0.05 * numpy.sin(x * y / 9.0)
    wave = (wave - wave.min()) / (wave.max() - wave.min())
    low = -(1 << (bits - 1)) if signed else 0
    return numpy.rint(low + wave * ((1 << bits) - 1)).astype("i4")


def dataset(values, bits, allocated, signed=False, high=None, photometric="MONOCHROME2"):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.1.1")
    meta.MediaStorageSOPInstanceUID = UID("2.25.1")
    ds = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    ds.is_little_endian, ds.is_implicit_VR = True, False
    ds.SOPClassUID, ds.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    ds.StudyInstanceUID, ds.SeriesInstanceUID = "2.25.2", "2.25.3"
    ds.Modality, ds.PatientID, ds.PatientName = "DX", "golden", "golden"
    ds.SamplesPerPixel = 3 if photometric == "RGB" else 1
    ds.PhotometricInterpretation = photometric
    if photometric == "RGB":
        ds.PlanarConfiguration = 0
    ds.Rows, ds.Columns = ROWS, COLUMNS
    ds.BitsAllocated, ds.BitsStored = allocated, bits
    ds.HighBit = bits - 1 if high is None else high
    ds.PixelRepresentation = int(signed)
    words = (values & ((1 << bits) - 1)) << (ds.HighBit + 1 - bits)
    ds.PixelData = words.astype("<u2" if allocated == 16 else "u1").tobytes()
    ds["PixelData"].VR = "OW" if allocated == 16 else "OB"
    return ds


def run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def main():
    OUT.mkdir(exist_ok=True)
    sources = {
        "u12": dataset(film(12), 12, 16),
        "u16": dataset(film(16), 16, 16),
        "u8": dataset(film(8), 8, 8),
        "s12": dataset(film(12, signed=True), 12, 16, signed=True),
        "u10-high15": dataset(film(10), 10, 16, high=15),
        "rgb": dataset(numpy.stack([film(8), 255 - film(8), film(8) // 2], axis=-1), 8, 8, photometric="RGB"),
    }
    paths = {}
    for name, ds in sources.items():
        paths[name] = OUT / f"explicit-{name}.dcm"
        ds.save_as(paths[name], write_like_original=False)
    # tool, arguments, output, source
    for command, output, source in [
        (["dcmconv", "+ti"], "implicit-u12", "u12"),
        (["dcmconv", "+tb"], "big-endian-u12", "u12"),
        (["dcmconv", "+tb"], "big-endian-s12", "s12"),
        (["dcmconv", "+td"], "deflated-u12", "u12"),
        (["dcmcrle"], "rle-u12", "u12"),
        (["dcmcrle"], "rle-s12", "s12"),
        (["dcmcrle"], "rle-rgb", "rgb"),
        (["dcmcjpeg", "+eb"], "jpeg-baseline-u8", "u8"),
        (["dcmcjpeg", "+eb", "+q", "95"], "jpeg-baseline-rgb", "rgb"),
        (["dcmcjpeg", "+ee"], "jpeg-extended-u12", "u12"),
        (["dcmcjpeg", "+el", "+sv", "4"], "jpeg-lossless-57-u12", "u12"),
        (["dcmcjpeg", "+el", "+sv", "6"], "jpeg-lossless-57-u16", "u16"),
        (["dcmcjpeg", "+e1"], "jpeg-lossless-70-u16", "u16"),
        (["dcmcjpeg", "+e1"], "jpeg-lossless-70-s12", "s12"),
        (["dcmcjpls"], "jpeg-ls-u12", "u12"),
        (["dcmcjpls", "+en", "+md", "2"], "jpeg-ls-near-u12", "u12"),
        (["gdcmconv", "--j2k"], "jpeg-2000-u12", "u12"),
        (["gdcmconv", "--j2k"], "jpeg-2000-s12", "s12"),
        (["gdcmconv", "--j2k"], "jpeg-2000-rgb", "rgb"),
    ]:
        run(*command, paths[source], OUT / f"{output}.dcm")
    wrap(sources["u16"], lossy_jpeg_2000(sources["u16"]), "91", OUT / "jpeg-2000-lossy-u16.dcm")
    for syntax, kind in [("201", "lossless"), ("202", "lossless"), ("203", "lossy")]:
        coded = htj2k(sources["u12"], kind)
        wrap(sources["u12"], coded, syntax, OUT / f"htj2k-{syntax}-u12.dcm")
    # two decoders of a lossy codestream differ in their rounding: the test allows a difference of one
    second = dataset(by_openjpeg(coded), 12, 16)
    second.save_as(OUT / "htj2k-203-u12-by-openjpeg.dcm", write_like_original=False)


def lossy_jpeg_2000(ds):
    with tempfile.TemporaryDirectory() as folder:
        raw, coded = Path(folder, "film.rawl"), Path(folder, "film.j2k")
        raw.write_bytes(ds.PixelData)
        run("opj_compress", "-i", raw, "-o", coded, "-F", f"{COLUMNS},{ROWS},1,16,u", "-I", "-r", "3", "-n", "3")
        return coded.read_bytes()


def htj2k(ds, kind):
    encoder = Path(__file__).with_name("encode-htj2k.mjs")
    command = ["node", encoder, str(COLUMNS), str(ROWS), str(ds.BitsStored), kind]
    return subprocess.run(command, check=True, capture_output=True, input=ds.PixelData).stdout


def by_openjpeg(codestream):
    with tempfile.TemporaryDirectory() as folder:
        coded, raw = Path(folder, "film.j2k"), Path(folder, "film.rawl")
        coded.write_bytes(codestream)
        run("opj_decompress", "-i", coded, "-o", raw)
        return numpy.frombuffer(raw.read_bytes(), dtype="<u2").astype("i4")


def wrap(ds, codestream, syntax, path):
    coded = copy.deepcopy(ds)
    coded.PixelData = encapsulate([codestream])
    coded["PixelData"].is_undefined_length = True
    coded["PixelData"].VR = "OB"
    # pydicom 2.3 does not know HTJ2K: it writes an encapsulated syntax of the same length, which is then renamed
    written = syntax if syntax == "91" else "100"
    coded.file_meta.TransferSyntaxUID = UID(f"{JPEG_2000}.{written}")
    coded.save_as(path, write_like_original=False)
    path.write_bytes(path.read_bytes().replace(f"{JPEG_2000}.{written}".encode(), f"{JPEG_2000}.{syntax}".encode()))


main()
