// Names in charts: of any length, in a place of one width.

/** @param width px, at the charts' 13 px letters; a longer name loses its middle. */
export function fitted(name: string, width: number): string {
  const room = Math.max(4, Math.floor(width / 7.2));
  if (name.length <= room) return name;
  const head = Math.ceil((room - 1) * 0.6);
  return `${name.slice(0, head)}…${name.slice(name.length - (room - 1 - head))}`;
}
