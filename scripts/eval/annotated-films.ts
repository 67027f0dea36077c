// A folder of films with a markers.json: which markers each film bears, drawn by hand or by a phantom.
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, stop } from './read-json.ts';
import type { Box } from '@sidemark/core/imaging';

const fileSchema = z.array(
  z.object({
    path: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
    site: z.string(),
    boxes: z.array(
      z.object({
        x0: z.number(),
        y0: z.number(),
        x1: z.number(),
        y1: z.number(),
        text: z.enum(['L', 'R', 'other']),
        glyph: z.string().default(''),
        look: z.string().optional(),
      }),
    ),
  }),
);

export interface Annotation {
  /** half-open native px */
  box: Box;
  /** what must be found: a letter that names a side; `other` must not count as a false positive */
  text: 'L' | 'R' | 'other';
  type: string;
}

export interface AnnotatedFilm {
  /** of the image file */
  path: string;
  site: string;
  annotations: Annotation[];
}

/** Ends the command, naming the file, when it is absent or of another schema. */
export async function annotatedFilms(folder: string): Promise<AnnotatedFilm[]> {
  const file = join(folder, 'markers.json');
  const parsed = fileSchema.safeParse(await readJson(file, 'DIR is a folder of films with a markers.json.'));
  if (!parsed.success) stop(`${file} is not of the schema: ${z.prettifyError(parsed.error)}`);
  return parsed.data.map(({ path, site, boxes }) => ({
    path: join(folder, path),
    site,
    annotations: boxes.map(({ x0, y0, x1, y1, text, glyph, look }) => ({
      box: { x1: x0, y1: y0, x2: x1, y2: y1 },
      text,
      type: look ?? typeOf(glyph),
    })),
  }));
}

/** The kinds that the hand-drawn glyphs tell apart. */
function typeOf(glyph: string): string {
  if (/^mirrored \S+ ./.test(glyph)) return 'mirrored letter with initials';
  if (glyph.startsWith('mirrored')) return 'mirrored letter';
  if (/^[A-Z]$/.test(glyph)) return `letter ${glyph}`;
  return glyph.includes(' ') ? 'letter with initials' : 'word';
}
