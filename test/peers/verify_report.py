"""A second reader: verifies an exported report with nothing of Sidemark's own code.

usage: verify_report.py BUNDLE.json RELEASE_KEY_FINGERPRINT

release key -> delegation -> on-line key -> receipt -> payload digest -> site signature -> result digest.
Prints one line per step and exits 0, or names the first step that does not hold and exits 1.
"""
import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TYPE = "application/vnd.sidemark.%s.v%d+json"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def step(name, holds):
    if not holds:
        sys.exit("does not hold: " + name)
    print("ok  " + name)


def opened(envelope, kind, key, version=1):
    """Payload bytes of a DSSE envelope signed by `key` (raw 32 bytes)."""
    payload_type = envelope["payloadType"]
    step(f"{kind} has its payload type", payload_type == TYPE % (kind, version))
    payload = base64.b64decode(envelope["payload"], validate=True)
    pae = b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode(), len(payload), payload)
    (signature,) = envelope["signatures"]
    step(f"{kind} names the key that signed it", signature["keyid"] == sha256(key))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(signature["sig"], validate=True), pae)
    except InvalidSignature:
        step(f"{kind} is signed", False)
    step(f"{kind} is signed", True)
    return payload


def member_text(text, member):
    """Source text of a top-level member of canonical JSON."""
    start = text.index(f'"{member}":{{') + len(member) + 3
    _, end = json.JSONDecoder().raw_decode(text, start)
    return text[start:end]


def main(path, fingerprint):
    with open(path, encoding="utf-8") as file:
        bundle = json.load(file)
    release = base64.b64decode(bundle["releasePublicKey"], validate=True)
    step("release key has the fingerprint", sha256(release) == fingerprint)
    delegation = json.loads(opened(bundle["delegation"], "key-delegation", release, version=2))
    signer = bundle["receipt"]["signatures"][0]["keyid"]
    named = next(key for key in delegation["online"] if key["keyId"] == signer)
    online = base64.b64decode(named["publicKey"], validate=True)
    receipt = json.loads(opened(bundle["receipt"], "receipt", online))
    payload = opened(bundle["envelope"], "report", base64.b64decode(bundle["sitePublicKey"], validate=True))
    step("receipt names these very bytes", receipt["payloadDigest"] == sha256(payload))
    text = payload.decode("utf-8")
    report = json.loads(text)
    step("receipt names this job", receipt["job"] == report["header"]["job"])
    step("result digest fits the result", report["resultDigest"] == sha256(member_text(text, "result").encode()))


if __name__ == "__main__":
    main(*sys.argv[1:])
