// `sidemark dicom decode`: one file as the agent reads it, for comparison with any other reader.
import { DomainError } from '@sidemark/core/errors';
import { type DicomImage, DicomRefusal, displayed, readDicom } from '@sidemark/dicom';
import { action, addVerb, type Output, table, usageError } from '@sidemark/terminal';
import type { Command } from 'commander';
import { readFilmFile } from '../dataset/film/film-file.reader.ts';
import { FilmRefusal, skipReasonOf } from '../dataset/film/film.reader.ts';
import { type Picture, writePicture } from '../dataset/film/picture.writer.ts';
import { describeFilm, filmRows } from './decoded-film.ts';

interface DecodeOptions {
  readonly picture?: string;
}

export function registerDicomCommands(program: Command): void {
  const dicom = program.command('dicom').description('Look at one DICOM file as the agent reads it');
  addVerb(
    dicom,
    'decode <file>',
    'Decode a film: its syntax, size, bits, values and their digest, polarity and orientation, or why it is refused.\n' +
      'Exit code 0: decoded; 2: there is no such file; 3: refused, and the reports would count it as `countedAs`',
    'sidemark dicom decode film.dcm --json',
  )
    .option('--picture <file>', 'also write the film as an 8-bit PNG, as a viewer would show it')
    .action(action((output, file: string, options: DecodeOptions) => decode(output, file, options)));
}

async function decode(output: Output, file: string, { picture }: DecodeOptions): Promise<void> {
  try {
    const bytes = await readFilmFile(file);
    if (!bytes) throw usageError('FILE is no file that can be read');
    const image = await readDicom(bytes);
    const described = describeFilm(image);
    if (picture !== undefined) await writePicture(picture, shown(image));
    output.result(described, table(['film', ''], filmRows(described)));
  } catch (error) {
    throw refusedFilm(error);
  }
}

/** As a viewer would show it. */
function shown(image: DicomImage): Picture {
  const { width, height } = image;
  const values = displayed(image);
  const pixels = new Uint8Array(values.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(255 * values[i]!);
  return { width, height, pixels };
}

function refusedFilm(error: unknown): unknown {
  if (error instanceof DicomRefusal) {
    const { code, detail, remedy } = error;
    return new DomainError('film-refused', { refusal: code, detail, remedy, countedAs: skipReasonOf(code) });
  }
  if (error instanceof FilmRefusal)
    return new DomainError('film-refused', { detail: error.message, countedAs: error.reason });
  return error;
}
