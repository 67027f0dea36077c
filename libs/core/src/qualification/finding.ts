// One way in which a site's answers differ.
import type { Finding } from '../contract/index.ts';

export function finding(what: Finding['what'], more: Partial<Finding> = {}): Finding {
  return {
    film: null,
    what,
    classifier: null,
    arm: null,
    expected: null,
    found: null,
    tolerance: null,
    ...more,
  };
}
