"""The other reader and writer of derived films: pydicom, with none of our code.

clean FOLDER: makes the generated films of a folder conform to the DX object, with a name beyond ASCII and private elements.
compare SOURCE DERIVED CHANGES: prints, film by film, what differs; CHANGES is the list that Sidemark wrote.
"""
import csv
import json
import pathlib
import sys

import numpy
import pydicom
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence


def code(value, scheme, meaning):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def clean(folder):
    for path in sorted(pathlib.Path(folder).glob("*.dcm")):
        film = pydicom.dcmread(path)
        film.SpecificCharacterSet = "ISO_IR 100"
        film.PatientName = "Müller^Jörg"
        film.StudyDate, film.StudyTime, film.StudyID = "20200102", "101112", "1"
        film.ImagerPixelSpacing = [0.9, 0.9]
        film.PixelIntensityRelationship, film.PixelIntensityRelationshipSign = "LOG", 1
        film.WindowCenter, film.WindowWidth = 2048, 4096
        film.AcquisitionContextSequence = Sequence([])
        film.AnatomicRegionSequence = Sequence([code("51185008", "SCT", "Chest")])
        film.DetectorType, film.PositionerType = "DIRECT", "NONE"
        film.BurnedInAnnotation = "NO"
        block = film.private_block(0x0029, "ACME 1.0", create=True)
        block.add_new(1, "LO", "Größe")
        block.add_new(2, "OB", b"\x01\x02\xff\x00")
        film.save_as(path, write_like_original=False)


def region(row):
    """A box as it is dilated: 4 px or a tenth of its side."""
    x1, y1, x2, y2 = (float(row[key]) for key in ("x1", "y1", "x2", "y2"))
    dx, dy = max(4, (x2 - x1) / 10) + 1, max(4, (y2 - y1) / 10) + 1
    return slice(max(0, int(y1 - dy)), int(y2 + dy) + 1), slice(max(0, int(x1 - dx)), int(x2 + dx) + 1)


def compare(source, derived, changes):
    with open(changes, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    films = {}
    for name in sorted({row["file"] for row in rows if row["output"]}):
        before = pydicom.dcmread(pathlib.Path(source) / name)
        after = pydicom.dcmread(pathlib.Path(derived) / name)
        differs = before.pixel_array != after.pixel_array
        outside = differs.copy()
        for row in rows:
            if row["file"] == name and row["marker"] != "0":
                outside[region(row)] = False
        private = [element for element in before if element.tag.is_private]
        films[name] = {
            "changed": int(numpy.count_nonzero(differs)),
            "outside": int(numpy.count_nonzero(outside)),
            "privateLost": sum(1 for one in private if one.tag not in after or after[one.tag] != one),
            "private": len(private),
            "name": str(getattr(after, "PatientName", "")),
            "sameFormat": all(
                getattr(before, key, None) == getattr(after, key, None)
                for key in ("SpecificCharacterSet", "PhotometricInterpretation", "BitsAllocated", "BitsStored", "HighBit",
                            "PixelRepresentation", "StudyInstanceUID", "PatientName", "PatientID")
            ),
            "newUids": before.SOPInstanceUID != after.SOPInstanceUID and before.SeriesInstanceUID != after.SeriesInstanceUID,
            "validUids": pydicom.uid.UID(after.SOPInstanceUID).is_valid and pydicom.uid.UID(after.SeriesInstanceUID).is_valid,
            "metaFits": after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID,
            "source": after.SourceImageSequence[0].ReferencedSOPInstanceUID == before.SOPInstanceUID,
            "imageType": list(after.ImageType),
            "syntax": after.file_meta.TransferSyntaxUID.name,
        }
    print(json.dumps(films))


if sys.argv[1] == "clean":
    clean(sys.argv[2])
else:
    compare(*sys.argv[2:5])
