// No field of a draft is out of reach of the form: the schema is walked, and each of its leaves has a control on the page,
// or a reason here why it has none; and what is chosen arrives in the draft.
import { describe, expect, it } from '@jest/globals';
import { ProtocolDraft } from '@sidemark/core/contract';
import { renderToStaticMarkup } from 'react-dom/server';
import { z } from 'zod';
import { draftOf } from './form/draft-of.ts';
import { everyChoice, models, plainForm } from './form/form.sample.ts';
import { ProtocolFields } from './new-protocol-page.tsx';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly type?: string;
}

/** Paths of the leaves: `analysis.plan.families[].name`. */
function leaves(node: Node, path = ''): string[] {
  const options = node.anyOf ?? node.oneOf;
  if (options) return options.filter(({ type }) => type !== 'null').flatMap((one) => leaves(one, path));
  if (node.properties)
    return Object.entries(node.properties).flatMap(([key, value]) =>
      leaves(value, path === '' ? key : `${path}.${key}`),
    );
  return node.items ? leaves(node.items, `${path}[]`) : [path];
}

/** By path, the label of its control. */
const controls: Readonly<Record<string, string>> = {
  name: 'Name of the protocol',
  detector: 'Detector',
  inpainter: 'Inpainter',
  'classifiers[].id': 'Called, in the results',
  'classifiers[].model': 'plain@1.0.0',
  'classifiers[].foldOf': 'Fold of',
  'classifiers[].label': 'Judged by its label',
  'maskPolicy.version': 'Mask policy',
  'maskPolicy.scoreThreshold': 'Detector’s threshold, 0 to 1',
  'maskPolicy.dilateMinPx': 'and at least by, px',
  'maskPolicy.dilateFraction': 'Boxes grow by, % of their side',
  'maskPolicy.maxAreaFraction': 'Largest marker, % of the film',
  'maskPolicy.sameObject.iou': 'One marker above an overlap of, %',
  'maskPolicy.sameObject.maskFrom': 'Its hole is drawn from',
  'maskPolicy.refine.closePx': 'Gaps are closed up to, px',
  'maskPolicy.refine.growPx': 'then the hole grows by, px',
  'maskPolicy.refine.maxBorderShare': 'The box stays whole above a bright border of, %',
  'maskPolicy.maxTruthShare': 'Left to a person above, % on the lesion',
  'tiling.scale': 'Scale, px of the detector for 1 px of the film',
  'tiling.overlap': 'Neighbours overlap by, %',
  'tiling.wholeFilm': 'It looks at the film as a whole as well',
  'tiling.merge': 'Boxes are one marker above an IoU of, %',
  'arms[]': 'Arms',
  'comparisons[].id': 'Name 1',
  'comparisons[].a.classifier': 'A 1',
  'comparisons[].a.arm': 'A 1',
  'comparisons[].b.classifier': 'minus B 1',
  'comparisons[].b.arm': 'minus B 1',
  'comparisons[].primary': 'Asked as 1',
  'agreements[].id': 'Name of agreement 1',
  'agreements[].a.classifier': 'A of agreement 1',
  'agreements[].a.arm': 'A of agreement 1',
  'agreements[].b.classifier': 'with B of agreement 1',
  'agreements[].b.arm': 'with B of agreement 1',
  'disclosure.minPatientsPerClass': 'Floor: patients of each class',
  'views[]': 'Views that count',
  'segmentation.bothEmpty': 'A film without a lesion, on which none is predicted, is',
  'orientation.inverted': 'Inverted films are',
  'orientation.mirrored': 'Mirrored films are',
  'orientation.rotated': 'Turned films are',
  'orientation.lateral': 'Lateral films are',
  fill: 'Holes are filled by',
  featherPx: 'Fill fades in over, px',
  'analysis.level': 'Confidence level, %',
  'analysis.plan.families[].name': 'Gate 1',
  'analysis.plan.families[].comparisons[]': 'Asked as 1',
  'analysis.plan.sites': 'Confirmatory questions are about',
  'analysis.plan.margins[].comparison': 'Margin of AUC 1',
  'analysis.plan.margins[].question': 'Question 1',
  'analysis.plan.margins[].margin': 'Margin of AUC 1',
  'analysis.plan.internalSites[].classifier': 'Sites whose films trained plain',
  'analysis.plan.internalSites[].sites[]': 'Sites whose films trained plain',
  'swap.letters[]': 'Letters',
  'swap.looks[]': 'Looks',
  'swap.corners[]': 'Corners',
  'swap.sizes[]': 'Heights of the letter, % of the shorter side of the film',
  qualification: 'Qualification pack',
};

/** By path, why there is nothing to choose. */
const exceptions: Readonly<Record<string, string>> = {
  'maskPolicy.refine.method': 'there is one method, and its tick names it',
  'swap.library': 'there is one library',
};

/** What lies at a path, in every item of the lists on the way. */
function valuesAt(value: unknown, path: string): unknown[] {
  const steps = path.replaceAll('[]', '.[]').split('.');
  const found = steps.reduce<unknown[]>(
    (all, step) =>
      all.flatMap((one) => {
        if (step === '[]') return Array.isArray(one) ? (one as unknown[]) : [];
        const next = (one as Record<string, unknown> | null | undefined)?.[step];
        return next === undefined || next === null ? [] : [next];
      }),
    [value],
  );
  return found;
}

const paths = [...new Set(leaves(z.toJSONSchema(ProtocolDraft, { io: 'input' }) as Node))];
const registry = { models, packs: [], sites: [], protocols: [] };
const page = renderToStaticMarkup(
  <ProtocolFields form={everyChoice} change={() => undefined} registry={registry} />,
);

describe('every field of a draft', () => {
  it('has a control, or a reason why it has none', () => {
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !(path in controls) && !(path in exceptions))).toEqual([]);
    expect(
      [...Object.keys(controls), ...Object.keys(exceptions)].filter((one) => !paths.includes(one)),
    ).toEqual([]);
  });

  it('is seen on the page by its label', () => {
    const missing = Object.values(controls).filter((label) => !page.includes(`>${label}`));
    expect(missing).toEqual([]);
  });

  it('arrives in the draft, and is another than where nothing is chosen', () => {
    const draft = ProtocolDraft.parse(draftOf(everyChoice));
    const usual = ProtocolDraft.parse(draftOf(plainForm));
    const same = paths.filter((path) => {
      const chosen = valuesAt(draft, path);
      return chosen.length === 0 || JSON.stringify(chosen) === JSON.stringify(valuesAt(usual, path));
    });
    // the newest of each role is what a new form begins with, too
    expect(same).toEqual(['detector', 'inpainter']);
  });

  it('is complained of nowhere where all fits together', () => {
    const [, ...complaints] = page.split('class="complaint"');
    // the pack of the sample is not registered
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(/It is not registered here/);
  });
});
