// An inspected model in words: the file, its tensors, whether a site takes it, and the questions that are left.
import type { TensorDescription } from '@sidemark/core/onnx';
import { table } from '@sidemark/terminal';
import type { Inspection } from '../model-inspection/inspect-model.ts';

const MOST_OPERATORS = 12;
const LONGEST_VALUE = 100;

export function inspectionText(found: Inspection, out: string | undefined): string {
  const { inputs, outputs, metadata, refused, questions, rolesThatFit } = found;
  const tensor = (what: string) => (one: TensorDescription) => [
    what,
    one.name,
    one.type ?? 'no tensor',
    one.shape === undefined ? 'not said' : `[${one.shape.join(', ')}]`,
  ];
  const properties = Object.entries(metadata).map(([key, value]) => [
    key,
    value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}… (${value.length} characters)` : value,
  ]);
  return [
    table(['file', ''], factsOf(found)),
    '',
    table(
      ['tensor', 'name', 'type', 'shape'],
      [...inputs.map(tensor('input')), ...outputs.map(tensor('output'))],
    ),
    ...(properties.length > 0 ? ['', table(['metadata_props', ''], properties)] : []),
    '',
    refused === null
      ? 'A site takes the file: one self-contained graph of standard operators, without loops.'
      : `A site refuses the file (${refused.code}): ${refused.message}${detailsOf(refused.details)}`,
    rolesThatFit.length > 0
      ? `By its inputs and outputs it could be: ${rolesThatFit.join(', ')}.`
      : 'Its inputs and outputs fit no role.',
    '',
    ...(questions.length > 0
      ? [
          `${questions.length} questions that the file cannot answer:`,
          ...questions.map(({ path, question }) => `  ${path}\n      ${question}`),
        ]
      : ['The file brings its whole manifest along.']),
    '',
    nextStep(found, out),
  ].join('\n');
}

function factsOf({ sha256, sizeBytes, opsets, irVersion, producer, operators }: Inspection): string[][] {
  const counted = Object.entries(operators).map(([name, times]) => `${times} ${name}`);
  const more = counted.length > MOST_OPERATORS ? `, and ${counted.length - MOST_OPERATORS} kinds more` : '';
  return [
    ['sha256', sha256],
    ['size', `${sizeBytes} bytes`],
    ['opset', opsets.map(({ domain, version }) => `${domain || 'ai.onnx'} ${version}`).join(', ') || 'none'],
    ['written by', `${producer || 'not said'}, IR version ${irVersion}`],
    ['operators', `${counted.slice(0, MOST_OPERATORS).join(', ')}${more}`],
  ];
}

function detailsOf(details: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(details).map(([key, value]) => `${key}: ${String(value)}`);
  return said.length > 0 ? ` (${said.join('; ')})` : '';
}

function nextStep({ questions }: Inspection, out: string | undefined): string {
  if (out === undefined) return 'Write the proposed manifest: --out draft.json';
  if (questions.length === 0) return `Written to ${out}.`;
  return `Written to ${out}. It is refused until every {"?": …} in it is answered. Then: sidemark model try, sidemark model seal.`;
}
