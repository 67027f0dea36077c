// What the evaluation commands read, and how they end when it is not there.
import { readFile } from 'node:fs/promises';

/** Ends the command with a sentence instead of a stack. */
export function stop(message: string): never {
  console.error(message);
  process.exit(2);
}

/** @param remedy what to do when there is no such file, or no JSON in it */
export async function readJson(path: string, remedy: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return stop(`${path} cannot be read (${(error as Error).message.split(',')[0]}). ${remedy}`);
  }
}

/** The manifest beside a model file. @param model path without its ending */
export function readManifest(model: string): Promise<unknown> {
  return readJson(`${model}.json`, 'Name a model as FOLDER/NAME, with NAME.onnx and NAME.json in FOLDER.');
}
