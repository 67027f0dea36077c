// The policy in force, line by line, in words.
import type { ConsoleOverview } from '@sidemark/core/contract';
import { hardFloor, type Policy } from '../../policy/policy.schema.ts';
import type { PolicyReading } from '../../policy/policy.store.ts';

type Rules = ConsoleOverview['policy']['rules'];

export function policyView(reading: PolicyReading): ConsoleOverview['policy'] {
  const problems = reading.source === 'invalid' ? reading.problem.details['problems'] : [];
  return {
    source: reading.source,
    problems: Array.isArray(problems) ? problems.map(String) : [],
    rules: policyWords(reading.policy),
  };
}

const rulings = {
  hold: 'a person of this site decides',
  'auto-approve': 'runs unasked',
  refuse: 'is refused',
} as const;

function policyWords(policy: Policy): Rules {
  const named = Object.entries(policy.protocols);
  return [
    {
      name: 'default',
      value: policy.default,
      means: `A job of a protocol that is not named here: ${rulings[policy.default]}.`,
    },
    ...named.map(([digest, ruling]) => ({
      name: `protocol ${digest.slice(0, 12)}…`,
      value: ruling,
      means: `A job of this protocol: ${rulings[ruling]}.`,
    })),
    {
      name: 'floors.minPatientsPerClass',
      value: String(policy.floors.minPatientsPerClass),
      means: `Fewest patients in each class. The strictest of this, the protocol's and ${hardFloor} holds.`,
    },
    {
      name: 'reports',
      value: policy.reports,
      means:
        policy.reports === 'hold'
          ? 'A finished report waits until a person has seen it.'
          : 'A finished report that breaks no rule is sent.',
    },
    {
      name: 'oracles',
      value: policy.oracles,
      means: `A report that could tell of single patients ${policy.oracles === 'hold' ? 'waits for a person' : 'never leaves'}.`,
    },
    {
      name: 'budget.reportsPerDataset',
      value: String(policy.budget.reportsPerDataset),
      means: 'Reports that may rest on any of the same patients.',
    },
    {
      name: 'retention.journalDays',
      value: String(policy.retention.journalDays),
      means: 'Days that the per-image journal of a job stays on this disk after its end.',
    },
    {
      name: 'allowedRoles',
      value: policy.allowedRoles.join(', '),
      means: 'Kinds of model that may run here; a protocol needs all three.',
    },
  ];
}
