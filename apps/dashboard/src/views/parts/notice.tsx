// What a page says instead of content: nothing there yet, still loading, or something went wrong.
import type { ReactNode } from 'react';
import type { Failure } from '../../api/client.ts';

export function Notice(props: { title: string; kind: 'empty' | 'error'; children?: ReactNode }): ReactNode {
  const { title, kind, children } = props;
  return (
    <section className={`notice ${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <h1>{title}</h1>
      {children && <p>{children}</p>}
    </section>
  );
}

/** Before the first answer: a failure in words, or a sign of work. */
export function Waiting(props: {
  failure: Pick<Failure, 'status' | 'message'> | undefined;
  what: string;
  /** why there is none; otherwise what a coordinator that does not know it means */
  unknown?: string | undefined;
}): ReactNode {
  const { failure, what, unknown } = props;
  if (failure?.status === 404)
    return (
      <Notice kind="error" title={`There is no such ${what}`}>
        {unknown ??
          'The coordinator does not know it. The address may be of another coordinator, or cut off.'}
      </Notice>
    );
  if (failure)
    return (
      <Notice kind="error" title={`The ${what} cannot be shown`}>
        {failure.message}
      </Notice>
    );
  return (
    <p className="loading" role="status">
      Loading …
    </p>
  );
}

/** Above content that is there while its source is not. */
export function Stale({ failure }: { failure: Failure | undefined }): ReactNode {
  return failure ? (
    <p className="stale" role="status">
      {failure.message} What you see is what it said last.
    </p>
  ) : null;
}
