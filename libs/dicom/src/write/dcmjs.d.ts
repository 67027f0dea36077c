// dcmjs ships no types; this is the part of 0.50.3 that the writer uses.
declare module 'dcmjs' {
  interface DicomElement {
    vr: string;
    Value: unknown[];
  }
  type DicomElements = Record<string, DicomElement>;
  interface DicomDict {
    dict: DicomElements;
    write(options?: { allowInvalidVRLength?: boolean; fragmentMultiframe?: boolean }): ArrayBuffer;
  }
  const dcmjs: {
    data: {
      DicomDict: new (meta: DicomElements) => DicomDict;
      DicomMetaDictionary: {
        denaturalizeDataset(dataset: Record<string, unknown>): DicomElements;
        /** by tag, "(gggg,eeee)" in capitals */
        dictionary: Record<string, { vr: string } | undefined>;
      };
    };
    log: { setLevel(level: string): void };
  };
  export default dcmjs;
}
