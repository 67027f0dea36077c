// Tables of a multi-class model: truth against prediction on each arm, and its predictions on two arms side by side.
import type { ReactNode } from 'react';
import type { AgreementAnalysis, Analysis, MulticlassAnalysis } from '@sidemark/core/contract';
import { CountGrid } from '../../../charts/counts/count-grid.tsx';
import { count, interval, pText, signed, three } from '../../../format/number.ts';
import { absence, armNames } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Table } from '../../parts/table.ts';
import { numberCell } from '../cells.ts';
import { cellName } from '../names.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { accuracyTable } from './accuracy-table.ts';

export const multiclassOf = (
  { multiclass }: Pick<Analysis, 'multiclass'>,
  model: string,
): MulticlassAnalysis[] => multiclass.filter(({ classifier }) => classifier === model);
export const agreementsOf = (
  { agreement }: Pick<Analysis, 'agreement'>,
  model: string,
): AgreementAnalysis[] =>
  agreement.filter(({ classifier, against }) => classifier === model || against === model);

/** What the sides of a table are called: arms of one model, or two models each on its arm. */
export function sidesOf({ classifier, against, a, b }: AgreementAnalysis): readonly [a: string, b: string] {
  if (against === undefined) return [armNames[a], armNames[b]];
  return [cellName({ classifier, arm: a }), cellName({ classifier: against, arm: b })];
}

/** Stuart–Maxwell in a sentence. */
export function marginsSentence({ margins }: AgreementAnalysis): string {
  if (margins === null)
    return 'No site gives a table: whether the classes are used equally often is not estimable.';
  const { statistic, df, p } = margins;
  return `Stuart–Maxwell ${statistic.toFixed(2)} on ${df} df, ${p === null ? 'no p-value' : pText(p)}: whether the classes are used equally often, not who is right.`;
}

/** McNemar in a sentence: exact where sites say who is right on both arms, else what their totals leave possible. */
export function correctnessSentence(agreement: AgreementAnalysis): string {
  const { correctness } = agreement;
  const [a, b] = sidesOf(agreement);
  if (correctness.kind === 'not-estimable')
    return `McNemar on right predictions: ${absence(correctness.reason)}.`;
  const accuracy = `accuracy ${a} minus ${b} ${signed(correctness.accuracyDifference)}`;
  if (correctness.kind === 'mcnemar') {
    const { onlyA, onlyB, statistic, exactP, midP } = correctness.test;
    return `Right on ${a} alone: ${count(onlyA)} films; right on ${b} alone: ${count(onlyB)}. McNemar ${statistic.toFixed(2)}, exact ${pText(exactP)}, mid-p ${midP.toFixed(3)}; ${accuracy}.`;
  }
  const { difference, statistic, p } = correctness;
  const more =
    difference === 0
      ? 'as many films are right on either'
      : `${count(Math.abs(difference))} more are right on ${difference > 0 ? a : b}`;
  const bound = p < 0.001 ? '0.001' : p.toFixed(3);
  return `McNemar on right predictions at least ${statistic.toFixed(2)}, p\u00a0≤\u00a0${bound}: a bound, since sites give totals alone. Of the films, ${more}; ${accuracy}.`;
}

function chosen(
  all: readonly AgreementAnalysis[],
  arms: SectionProps['arms'],
): AgreementAnalysis | undefined {
  return all.find(({ a, b }) => arms?.includes(a) && arms.includes(b)) ?? all[0];
}

function Confusion({ of, width }: { of: readonly MulticlassAnalysis[]; width: number }): ReactNode {
  return (
    <div className="panels count-panels">
      {of.map(({ arm, labels, confusion, tables, accuracy }) => (
        <figure key={arm}>
          <figcaption className="small-caption">
            <strong>{armNames[arm]}</strong>
            {accuracy === null
              ? ': how many are right is withheld at every site'
              : `: accuracy ${interval(three, { ...accuracy, estimate: accuracy.correct / accuracy.total })}`}
          </figcaption>
          {tables === 0 ? (
            <p className="quiet">No site gives its whole table of truth and prediction.</p>
          ) : (
            <CountGrid
              data={{
                title: `Truth and prediction on the ${armNames[arm]} arm, ${tables} ${tables === 1 ? 'site' : 'sites'}`,
                ...{ rowAxis: 'truth', columnAxis: 'predicted', labels, counts: confusion, show: count },
              }}
              width={Math.min(width, 380)}
            />
          )}
        </figure>
      ))}
    </div>
  );
}

function Pairs(props: {
  all: readonly AgreementAnalysis[];
  shown: AgreementAnalysis;
  links: Links;
}): ReactNode {
  const { all, shown, links } = props;
  return (
    <nav className="chooser" aria-label="Arms">
      {all.map((one) => (
        <a
          key={`${one.a} ${one.b}`}
          href={links.arms(one.a, one.b)}
          aria-current={one === shown ? 'true' : undefined}
        >
          {`${armNames[one.a]} and ${armNames[one.b]}`}
        </a>
      ))}
    </nav>
  );
}

function pairedTable(agreement: AgreementAnalysis): Table {
  const { classifier, labels, table } = agreement;
  const [a, b] = sidesOf(agreement);
  return {
    caption: `Predictions of ${a} (rows) and ${b}`,
    file: `paired-${classifier}-${a}-${b}`.replaceAll(' ', '-'),
    columns: [{ label: a }, ...labels.map((label) => ({ label, numeric: true }))],
    rows: table.map((row, i) => [{ text: labels[i] ?? '' }, ...row.map((n) => numberCell(count, n))]),
  };
}

/** One table with what its tests say. */
function Agreement(props: { of: AgreementAnalysis; links: Links; width: number }): ReactNode {
  const { of, links, width } = props;
  const [rowAxis, columnAxis] = sidesOf(of);
  const title = `Predictions of ${rowAxis} and of ${columnAxis}`;
  return (
    <>
      {of.sites.length > 0 && (
        <a className="panel" href={links.from(of.sites.map(({ payloadDigest }) => payloadDigest))}>
          <CountGrid
            data={{ title, rowAxis, columnAxis, labels: of.labels, counts: of.table, show: count }}
            width={Math.min(width, 440)}
          />
        </a>
      )}
      <p className="lead">{marginsSentence(of)}</p>
      <p className="lead">{correctnessSentence(of)}</p>
    </>
  );
}

export function AgreementSection({ analysis, model, arms, links, width }: SectionProps): ReactNode {
  const tables = multiclassOf(analysis, model);
  const all = agreementsOf(analysis, model);
  const own = all.filter(({ against }) => against === undefined);
  const others = all.filter(({ against }) => against !== undefined);
  const shown = chosen(own, arms);
  return (
    <Section
      id="agreement"
      title="Confusion and paired tables"
      href={links.section('agreement')}
      lead="Films of the sites that show a whole table; accuracy is of all sites that tell how many are right. The shade of a cell is its share of the row; a frame marks where both agree."
    >
      <Confusion of={tables} width={width} />
      {shown && (
        <div className="sub">
          <h4>The same films on two arms</h4>
          <Pairs all={own} shown={shown} links={links} />
          <Agreement of={shown} links={links} width={width} />
        </div>
      )}
      {others.map((one) => (
        <div key={sidesOf(one).join()} className="sub">
          <h4>{sidesOf(one).join(' beside ')}</h4>
          <Agreement of={one} links={links} width={width} />
        </div>
      ))}
      <Numbers>
        <DataTable table={accuracyTable(tables)} heading={false} />
        {[...(shown ? [shown] : []), ...others].map((one) => (
          <DataTable key={sidesOf(one).join()} table={pairedTable(one)} heading={false} />
        ))}
      </Numbers>
    </Section>
  );
}
