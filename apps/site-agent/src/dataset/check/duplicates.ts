// Films that are likely the same: the same pixels, or nearly the same picture.
import { hashDistance, hashWords, nearDuplicateBits } from '@sidemark/core/imaging';
import type { FilmFacts } from './file-facts.ts';

export interface Duplicates {
  /** groups of indices, each of two films or more: the same pixels */
  same: number[][];
  /** the same for pictures that differ in a few bits of their hash, the same pixels aside */
  near: number[][];
}

/** O(n^2) in distinct films, each comparison a few words. */
export function findDuplicates(films: readonly Pick<FilmFacts, 'pixels' | 'hash'>[]): Duplicates {
  const byPixels = new Map<string, number[]>();
  films.forEach(({ pixels }, index) => byPixels.set(pixels, [...(byPixels.get(pixels) ?? []), index]));
  const distinct = [...byPixels.values()].map(([first]) => first!);
  const words = distinct.map((index) => hashWords(films[index]!.hash));
  const parent = distinct.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  for (let a = 1; a < words.length; a++) {
    for (let b = 0; b < a; b++) {
      if (hashDistance(words[a]!, words[b]!, nearDuplicateBits) <= nearDuplicateBits)
        parent[rootOf(a)] = rootOf(b);
    }
  }
  const groups = new Map<number, number[]>();
  distinct.forEach((index, at) => groups.set(rootOf(at), [...(groups.get(rootOf(at)) ?? []), index]));
  const several = (group: readonly number[]): boolean => group.length > 1;
  return { same: [...byPixels.values()].filter(several), near: [...groups.values()].filter(several) };
}
