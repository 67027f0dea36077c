// The head of a page: where one is, what it is, and its facts.
import { Fragment, type ReactNode, useEffect } from 'react';
import { shortDigest } from '../../format/number.ts';

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

export function PageHead(props: {
  title: string;
  crumbs: readonly Crumb[];
  children?: ReactNode;
}): ReactNode {
  const { title, crumbs, children } = props;
  useEffect(() => {
    document.title = `${title} – Sidemark`;
  }, [title]);
  return (
    <div className="page-head">
      {crumbs.length > 0 && (
        <nav aria-label="Where you are">
          {crumbs.map(({ label, href }) => (
            <Fragment key={href}>
              <a href={href}>{label}</a>
              <span aria-hidden="true">/</span>
            </Fragment>
          ))}
        </nav>
      )}
      <h1>{title}</h1>
      {children}
    </div>
  );
}

/** Names and values in a row. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [name: string, value: ReactNode])[];
}): ReactNode {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A digest: its first digits, or all 64. */
export function Digest({ value, whole = false }: { value: string; whole?: boolean }): ReactNode {
  return <code title={value}>{whole ? value : `${shortDigest(value)}…`}</code>;
}
