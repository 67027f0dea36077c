// Before the first answer of the agent, and above content that is there while the agent is not.
import type { ReactNode } from 'react';
import type { Failure } from '../../api/client.ts';
import { Notice } from '../../views/parts/notice.tsx';

export function Waiting({ failure, what }: { failure: Failure | undefined; what: string }): ReactNode {
  if (failure?.status === 404)
    return (
      <Notice kind="error" title={`There is no such ${what}`}>
        {failure.message}
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

export function Stale({ failure }: { failure: Failure | undefined }): ReactNode {
  return failure ? (
    <p className="stale" role="status">
      {failure.message} What you see is what it said last.
    </p>
  ) : null;
}
