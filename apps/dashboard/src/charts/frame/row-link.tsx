// A row of a chart: a link to where its numbers come from, where there is one.
import type { ReactNode } from 'react';

export function RowLink(props: {
  row: { readonly sum: boolean; readonly href: string | null };
  children: ReactNode;
}): ReactNode {
  const { row, children } = props;
  const className = row.sum ? 'row sum' : 'row';
  if (row.href === null) return <g className={className}>{children}</g>;
  return (
    <a className={className} href={row.href}>
      {children}
    </a>
  );
}
