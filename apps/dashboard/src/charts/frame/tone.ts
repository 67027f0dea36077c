// What a colour and a shape stand for. Both always go together, so that no meaning hangs on colour alone. The hues are
// those of Okabe & Ito (2008), which people with any colour vision tell apart; styles/charts.css holds them for either light.
export type Tone =
  | ('original' | 'inpainted' | 'clipped' | 'placebo')
  | ('site' | 'pooled')
  | ('marker' | 'lesion' | 'outside');

export type Shape = 'circle' | 'diamond' | 'triangle' | 'square' | 'ring';

export const shapeOf: Readonly<Record<Tone, Shape>> = {
  original: 'circle',
  inpainted: 'diamond',
  clipped: 'triangle',
  placebo: 'square',
  site: 'circle',
  pooled: 'diamond',
  marker: 'diamond',
  lesion: 'circle',
  outside: 'square',
};

/** Of lines, beside the colour. */
export const dashOf: Readonly<Record<Tone, string | undefined>> = {
  original: undefined,
  inpainted: '7 3',
  clipped: '2 3',
  placebo: '8 3 2 3',
  site: undefined,
  pooled: undefined,
  marker: undefined,
  lesion: undefined,
  outside: undefined,
};

/** Around (0, 0); the areas of the shapes are alike. @param r px, of the circle */
export function shapePath(shape: Shape, r: number): string {
  switch (shape) {
    case 'circle':
    case 'ring':
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
    case 'diamond': {
      const d = fine(r * 1.3);
      return `M0,${-d}L${d},0L0,${d}L${-d},0Z`;
    }
    case 'triangle': {
      const [w, h] = [fine(r * 1.3), fine(r * 1.15)];
      return `M0,${-h}L${w},${h}L${-w},${h}Z`;
    }
    case 'square': {
      const s = fine(r * 0.9);
      return `M${-s},${-s}h${2 * s}v${2 * s}h${-2 * s}Z`;
    }
  }
}

const fine = (x: number): number => Math.round(x * 100) / 100;
