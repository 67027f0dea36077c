// Before the first answer of the agent, which says itself what it does not know.
import type { ReactNode } from 'react';
import type { Failure } from '../../api/client.ts';
import { Waiting as WaitingFor } from '../../views/parts/notice.tsx';

export function Waiting({ failure, what }: { failure: Failure | undefined; what: string }): ReactNode {
  return <WaitingFor failure={failure} what={what} unknown={failure?.message} />;
}
