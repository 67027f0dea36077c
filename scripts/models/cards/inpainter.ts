// What `npm run eval:inpainter -- DIR --json` printed, for the inpainter's card.
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';

// a place that no hole lies at has no seam
const seam = z.number().nullable();
const printed = z.object({
  fills: z.array(
    z.object({
      way: z.string(),
      holes: z.number(),
      psnr: z.number(),
      blurredPsnr: z.number(),
      ssim: z.number(),
      detailRatio: z.number(),
      giveAway: z.number(),
      seam: z.object({ interior: seam, 'body edge': seam, 'film border': seam }),
    }),
  ),
});

const HEAD = ['fill', 'holes', 'PSNR dB', 'after 2 px blur', 'SSIM', 'detail', 'given away'];

export function inpainterTable(figures: unknown): string {
  const { fills } = printed.parse(figures);
  const rows = fills.map((one) => [
    one.way,
    String(one.holes),
    one.psnr.toFixed(1),
    one.blurredPsnr.toFixed(1),
    one.ssim.toFixed(3),
    one.detailRatio.toFixed(2),
    one.giveAway.toFixed(2),
    ...Object.values(one.seam).map((value) => value?.toFixed(2) ?? '-'),
  ]);
  return markdownTable([...HEAD, 'seam inside', 'at edges', 'at borders'], rows);
}
