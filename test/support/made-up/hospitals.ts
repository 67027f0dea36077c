// Made-up hospitals: how large each is, and what its markers look like and give away.
export interface Hospital {
  readonly name: string;
  /** with and without the finding */
  readonly patients: readonly [positive: number, negative: number];
  /** share of films with a marker */
  readonly marked: number;
  /** how much a marker here tells of the finding, as it did where the first model was trained; below 0: the reverse */
  readonly tells: number;
  /** centres of the markers, as shares of width and height */
  readonly places: readonly (readonly [x: number, y: number])[];
  /** share of lead letters among its markers */
  readonly lead: number;
  /** by how much every logit is too high here */
  readonly offset: number;
  readonly vendor: 'agfa' | 'philips' | 'siemens' | 'fujifilm';
}

const [upperLeft, upperRight, lowerLeft, side] = [
  [0.12, 0.1],
  [0.88, 0.11],
  [0.14, 0.88],
  [0.92, 0.5],
] as const;

const named: readonly Hospital[] = [
  {
    ...{ name: 'harbour-general', patients: [205, 410], marked: 0.93, tells: 0.2, lead: 0.1 },
    ...{ places: [upperLeft, upperRight], offset: 0, vendor: 'philips' },
  },
  {
    ...{ name: 'lakeside', patients: [112, 240], marked: 0.78, tells: -0.45, lead: 0.9 },
    ...{ places: [upperRight], offset: 0.5, vendor: 'agfa' },
  },
  {
    ...{ name: 'northfield', patients: [64, 131], marked: 0.97, tells: -0.6, lead: 0.5 },
    ...{ places: [lowerLeft, side], offset: -0.7, vendor: 'siemens' },
  },
  {
    ...{ name: 'old-mill-hospital', patients: [31, 77], marked: 0.54, tells: -0.3, lead: 1 },
    ...{ places: [upperLeft], offset: 0.9, vendor: 'agfa' },
  },
  {
    ...{ name: 'st-mary', patients: [150, 302], marked: 0.97, tells: -0.5, lead: 0.2 },
    ...{ places: [upperLeft, side], offset: 0.2, vendor: 'fujifilm' },
  },
  {
    ...{ name: 'westgate', patients: [88, 152], marked: 0.99, tells: -0.75, lead: 0 },
    ...{ places: [side], offset: -0.3, vendor: 'siemens' },
  },
];

/** The six with names, then as many more as are asked for. */
export function hospitals(count: number): readonly Hospital[] {
  const more = Array.from({ length: Math.max(0, count - named.length) }, (_, i): Hospital => {
    const model = named[1 + (i % 5)]!;
    const [positive, negative] = model.patients;
    return {
      ...model,
      name: `hospital-${String(i + named.length + 1).padStart(2, '0')}`,
      patients: [positive + ((i * 13) % 40), negative + ((i * 29) % 70)],
      tells: model.tells + ((i % 7) - 3) * 0.12,
      offset: ((i * 5) % 11) / 10 - 0.5,
    };
  });
  return [...named, ...more].slice(0, count);
}
