// Compressed frames that are damaged, cut, mislabelled or put together oddly: the film comes out whole, or not at all.
import { describe, expect, it, jest } from '@jest/globals';
import { readDicom } from '../index.ts';
import { golden, goldenBytes } from '../test-support/golden.ts';

const compressed = [
  'rle-u12',
  'jpeg-baseline-u8',
  'jpeg-extended-u12',
  'jpeg-lossless-57-u12',
  'jpeg-lossless-70-u16',
  'jpeg-ls-u12',
  'jpeg-ls-near-u12',
  'jpeg-2000-u12',
  'jpeg-2000-lossy-u16',
  'htj2k-201-u12',
];
const code = (bytes: Uint8Array): Promise<string> =>
  readDicom(bytes).then(
    () => 'read',
    (refusal: { code: string }) => refusal.code,
  );
const EOI = Buffer.from([0xff, 0xd9]);

describe.each(compressed)('%s', (name) => {
  const { frame, file } = golden(name);

  it('is the same film in one fragment, in two, and with padding', async () => {
    const { pixels } = await readDicom(goldenBytes(name));
    for (const frames of [
      frame,
      [frame.subarray(0, 100), frame.subarray(100)],
      Buffer.concat([frame, Buffer.alloc(2)]),
    ])
      expect((await readDicom(file(frames))).pixels).toEqual(pixels);
  });

  it('is refused when cut, and the decoder works on', async () => {
    const whole = (await readDicom(goldenBytes(name))).pixels;
    for (const part of [0.2, 0.5, 0.8]) {
      const cut = frame.subarray(0, Math.floor((frame.length * part) / 2) * 2);
      expect(['truncated', 'decode-failed']).toContain(await code(file(cut)));
    }
    expect((await readDicom(goldenBytes(name))).pixels).toEqual(whole);
  });

  it('is refused when the data set says another size', async () => {
    for (const attributes of [{ '00280010': [23] }, { '00280011': [33] }, { '00280010': [24_000] }])
      expect(['bad-geometry', 'decode-failed', 'truncated']).toContain(await code(file(frame, attributes)));
  });

  it('is refused when it is noise', async () => {
    const noise = Buffer.from(Array.from({ length: 500 }, (_, i) => (i * i * 7919) & 255));
    expect(await code(file(noise))).toMatch(/decode-failed|truncated/);
    expect(await code(file(Buffer.alloc(500)))).toMatch(/decode-failed|truncated|constant-image/);
  });
});

describe('no decoder', () => {
  it('writes a word to the console, which could be a patient’s', async () => {
    const writes = [
      jest.spyOn(process.stdout, 'write').mockReturnValue(true),
      jest.spyOn(process.stderr, 'write').mockReturnValue(true),
      ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
        jest.spyOn(console, name).mockReturnValue(undefined),
      ),
    ];
    for (const name of compressed) {
      const { frame, file } = golden(name);
      const damaged = Buffer.from(frame);
      damaged.fill(0x5a, frame.length - 200, frame.length - 100);
      await code(file(damaged));
      await code(file(frame));
    }
    const words = writes.flatMap((spy) => spy.mock.calls);
    jest.restoreAllMocks();
    expect(words).toEqual([]);
  });
});

describe('a JPEG frame', () => {
  it.each(['jpeg-baseline-u8', 'jpeg-extended-u12', 'jpeg-lossless-70-u16'])(
    '%s that ends early, with EOI, is refused and not filled with grey',
    async (name) => {
      const { frame, file } = golden(name);
      expect(await code(file(Buffer.concat([frame.subarray(0, frame.length * 0.7), EOI])))).toBe(
        'decode-failed',
      );
    },
  );

  it('of another process than its syntax says is refused', async () => {
    expect(await code(golden('jpeg-lossless-70-u16').file(golden('jpeg-extended-u12').frame))).toBe(
      'decode-failed',
    );
  });

  it('is refused many times, and the next good one is read', async () => {
    const { frame, file } = golden('jpeg-lossless-70-u16');
    const whole = (await readDicom(goldenBytes('jpeg-lossless-70-u16'))).pixels;
    for (let round = 0; round < 40; round++) {
      const damaged = Buffer.from(frame);
      damaged.fill(0xff, 300, 310);
      expect(await code(file(damaged))).toBe('decode-failed');
    }
    expect((await readDicom(goldenBytes('jpeg-lossless-70-u16'))).pixels).toEqual(whole);
  });
});

describe('a JPEG 2000 frame', () => {
  const { frame, file } = golden('jpeg-2000-u12');
  const end = frame.lastIndexOf('ffd9', undefined, 'hex');
  const comment = Buffer.concat([Buffer.from('ff6400080001', 'hex'), Buffer.from('made'), EOI]);

  it.each([
    ['with a comment behind its last tile-part', Buffer.concat([frame.subarray(0, end), comment])],
    ['without EOC', frame.subarray(0, end)],
    ['with bytes behind EOC', Buffer.concat([frame.subarray(0, end), EOI, Buffer.from('odd bytes')])],
  ])('%s is repaired', async (_, tail) => {
    const { pixels } = await readDicom(goldenBytes('jpeg-2000-u12'));
    expect((await readDicom(file(tail))).pixels).toEqual(pixels);
  });

  it('inside a JP2 file is found', async () => {
    const box = (type: string, bytes: Uint8Array): Buffer => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(bytes.length + 8);
      head.write(type, 4);
      return Buffer.concat([head, bytes]);
    };
    const jp2 = Buffer.concat([
      box('jP  ', Buffer.from('0d0a870a', 'hex')),
      box('ftyp', Buffer.from('jp2 ')),
      box('jp2c', frame),
    ]);
    const { pixels } = await readDicom(goldenBytes('jpeg-2000-u12'));
    expect((await readDicom(file(jp2))).pixels).toEqual(pixels);
  });

  it('without a sign has the sign of the data set', async () => {
    const mismatched = await readDicom(file(frame, { '00280103': [1] }));
    const { stored } = await readDicom(goldenBytes('jpeg-2000-u12'));
    const expected = Array.from(stored.samples, (value) => (value > 2047 ? value - 4096 : value));
    expect([...mismatched.stored.samples]).toEqual(expected);
  });
});

describe('RLE', () => {
  it.each([
    ['another number of segments', 0, 3, 'decode-failed'],
    ['offsets that go back', 8, 64, 'decode-failed'],
    ['an offset behind the end', 8, 99_999, 'truncated'],
  ])('with %s is refused', async (_, at, value, expected) => {
    const { frame, file } = golden('rle-u12');
    frame.writeUInt32LE(value, at);
    if (at === 8) frame.writeUInt32LE(value === 64 ? 70 : 64, 4);
    expect(await code(file(frame))).toBe(expected);
  });
});

describe('Pixel Data', () => {
  it('with two frames is not taken for one', async () => {
    const { frame, file } = golden('jpeg-ls-u12');
    expect(await code(file([frame, frame], { '00280008': '2 ' }))).toBe('multi-frame');
  });

  it('without a fragment is refused', async () => {
    expect(await code(golden('jpeg-ls-u12').file([]))).toBe('no-pixel-data');
  });
});
