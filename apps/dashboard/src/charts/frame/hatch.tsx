// The ground of what is withheld or merged: hatched, so that it is seen to be neither empty nor zero.
import type { ReactNode } from 'react';

/** @param id of the pattern, one for each chart on a page */
export function HatchPattern({ id }: { id: string }): ReactNode {
  return (
    <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect className="hatch-ground" width="7" height="7" />
      <line className="hatch" x1="0" x2="0" y1="0" y2="7" />
    </pattern>
  );
}
