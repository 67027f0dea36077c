// Registering a model: an ONNX file and its manifest. The bytes go first, then the coordinator looks at them.
import { type ReactNode, useId, useRef, useState } from 'react';
import { act, Failure } from '../../api/client.ts';
import { canDigest, sha256Of, upload } from '../../api/upload.ts';
import { useDeed } from '../../live/use-deed.ts';
import { Form } from '../parts/form.tsx';

interface Step {
  readonly text: string;
  /** 0 to 1 */
  readonly done: number | null;
}

export function RegisterModel({ onChange }: { onChange: () => void }): ReactNode {
  const [onnx, setOnnx] = useState<File>();
  const [manifest, setManifest] = useState<File>();
  const [step, setStep] = useState<Step>();
  const [said, setSaid] = useState('');
  const deed = useDeed();
  const key = useRef(0);
  const submit = async (): Promise<void> => {
    setSaid('');
    if (!onnx || !manifest) return;
    const made = await register(onnx, manifest, setStep).finally(() => setStep(undefined));
    key.current += 1;
    setOnnx(undefined);
    setManifest(undefined);
    setSaid(`${made} is registered. Release it, so that protocols may name it.`);
    onChange();
  };
  return (
    <section aria-labelledby="register">
      <h2 id="register">Register a model</h2>
      <p className="hint">
        <code>sidemark model inspect FILE</code> proposes a manifest, and <code>sidemark model seal</code>{' '}
        puts the answers in that every site must get.
      </p>
      <Form
        key={key.current}
        deed={deed}
        onSubmit={submit}
        submit="Register"
        busy={step?.text ?? 'Registering …'}
        className="card narrow"
        label="Register a model"
      >
        <FileField label="ONNX file" accept=".onnx" onFile={setOnnx} />
        <FileField label="Manifest (JSON)" accept=".json,application/json" onFile={setManifest} />
        {step && step.done !== null && <progress max={1} value={step.done} aria-label="Upload" />}
        {said && <p role="status">{said}</p>}
      </Form>
    </section>
  );
}

function FileField(props: { label: string; accept: string; onFile: (file?: File) => void }): ReactNode {
  const { label, accept, onFile } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        required
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </div>
  );
}

/** @returns its name. @throws Failure what is wrong with the files, or what the coordinator refuses */
async function register(onnx: File, file: File, tell: (step: Step) => void): Promise<string> {
  if (!canDigest())
    throw new Failure(
      'This browser digests files on https pages only. Open the dashboard by https, or on the coordinator’s own machine.',
      0,
      'insecure',
    );
  const manifest = await readManifest(file);
  tell({ text: 'Digesting …', done: null });
  const sha256 = await sha256Of(onnx);
  if (manifest.sha256 !== sha256)
    throw new Failure(
      'The manifest is of another file: its sha256 is not that of this ONNX file.',
      0,
      'digest',
      [`manifest: ${String(manifest.sha256)}`, `file: ${sha256}`],
    );
  await upload(sha256, onnx, (done) =>
    tell(
      done < 1 ? { text: `Sending, ${Math.round(done * 100)} % …`, done } : { text: 'Looking at it …', done },
    ),
  );
  const { name, version } = await act('registerModel', { manifest });
  return `${name}@${version}`;
}

async function readManifest(file: File): Promise<{ readonly sha256?: unknown }> {
  try {
    return JSON.parse(await file.text()) as object;
  } catch {
    throw new Failure(
      `${file.name} is not JSON. A manifest begins with "schema": "sidemark.model/1".`,
      0,
      'json',
    );
  }
}
