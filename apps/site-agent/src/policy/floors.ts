// The disclosure floor: fewest patients, not films, in each class.
import { hardFloor, type Policy } from './policy.schema.ts';

/** The strictest of the hard floor, the site's policy and the protocol. */
export function strictestFloor(policy: Policy, protocol: { readonly minPatientsPerClass: number }): number {
  return Math.max(hardFloor, policy.floors.minPatientsPerClass, protocol.minPatientsPerClass);
}

/** True for a number of patients that would point at some of them; nobody points at nobody. */
export function isTooFew(patients: number, floor: number): boolean {
  return patients > 0 && patients < floor;
}

/** True when there are two classes at least and each has `floor` patients or more. */
export function floorsMet(classPatients: Readonly<Record<string, number>>, floor: number): boolean {
  const counts = Object.values(classPatients);
  return counts.length >= 2 && counts.every((patients) => patients >= floor);
}
