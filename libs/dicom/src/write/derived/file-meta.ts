// Preamble and file meta information (PS3.10 section 7.1) of an object in explicit VR little endian.
import { EXPLICIT_LITTLE_ENDIAN } from '../../codecs/transfer-syntax.ts';
import { uidOf } from '../write-dicom.ts';
import { concat, element, textElement } from './element-bytes.ts';

/** @param sopClass @param instance UIDs of the object, (0002,0002) and (0002,0003) */
export function fileMeta(sopClass: string, instance: string): Uint8Array {
  const elements = [
    element('x00020001', 'OB', Uint8Array.of(0, 1)),
    textElement('x00020002', 'UI', sopClass),
    textElement('x00020003', 'UI', instance),
    textElement('x00020010', 'UI', EXPLICIT_LITTLE_ENDIAN.uid),
    textElement('x00020012', 'UI', uidOf('sidemark implementation')),
    textElement('x00020013', 'SH', 'SIDEMARK'),
  ].map(({ bytes }) => bytes);
  const length = elements.reduce((sum, bytes) => sum + bytes.length, 0);
  const groupLength = new Uint8Array(4);
  new DataView(groupLength.buffer).setUint32(0, length, true);
  const head = new Uint8Array(132);
  head.set([0x44, 0x49, 0x43, 0x4d], 128);
  return concat([head, element('x00020000', 'UL', groupLength).bytes, ...elements]);
}
