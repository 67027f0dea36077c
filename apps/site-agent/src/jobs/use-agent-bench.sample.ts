// A fresh bench for each test of a file.
import { afterEach, beforeEach } from '@jest/globals';
import { AgentBench } from './agent-bench.sample.ts';

export function useAgentBench(): { readonly bench: AgentBench } {
  const place = { bench: new AgentBench() };
  beforeEach(async () => {
    place.bench = await new AgentBench().open();
  });
  afterEach(() => place.bench.close());
  return place;
}
