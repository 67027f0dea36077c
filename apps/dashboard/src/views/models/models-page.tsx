// The registry of models: what there is, releasing a version, and registering another.
import { type ReactNode, useState } from 'react';
import type { ModelVersion } from '@sidemark/core/contract';
import { act, ask } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { count } from '../../format/number.ts';
import { useDeed } from '../../live/use-deed.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { Trouble } from '../parts/form.tsx';
import { Stale, Waiting } from '../parts/notice.tsx';
import { Digest, PageHead } from '../parts/page-head.tsx';
import { RegisterModel } from './register-model.tsx';

const states: Readonly<Record<ModelVersion['state'], string>> = {
  registered: 'registered: protocols cannot name it yet',
  released: 'released and signed',
  withdrawn: 'withdrawn',
};

export function ModelsPage(): ReactNode {
  const [version, setVersion] = useState(0);
  const { value: models, failure } = usePolled(
    'models',
    (signal) => ask('listModels', {}, signal),
    10_000,
    String(version),
  );
  if (!models) return <Waiting failure={failure} what="list of models" />;
  const changed = (): void => setVersion((before) => before + 1);
  return (
    <>
      <PageHead title="Models" crumbs={[{ label: 'Studies', href: hrefs.studies }]} />
      <Stale failure={failure} />
      {models.length === 0 && (
        <p className="hint">
          No model yet. A protocol needs a detector, an inpainter and at least one classifier; those that
          Sidemark ships lie in its folder <code>models</code>.
        </p>
      )}
      <ul className="rows">
        {models.map((model) => (
          <Row key={model.sha256} model={model} onChange={changed} />
        ))}
      </ul>
      {session.may('coordinator') && <RegisterModel onChange={changed} />}
    </>
  );
}

function Row({ model, onChange }: { model: ModelVersion; onChange: () => void }): ReactNode {
  const { name, version, role, state, sizeBytes, sha256 } = model;
  const deed = useDeed();
  const called = `${name}@${version}`;
  return (
    <li className="card" aria-label={called}>
      <div className="row">
        <div>
          <h2>{called}</h2>
          <p className="quiet">
            {role} · {count(Math.ceil(sizeBytes / 1024))} KiB · <Digest value={sha256} />
          </p>
        </div>
        <p className={state === 'released' ? 'good' : 'quiet'}>{states[state]}</p>
        {state === 'registered' && session.may('coordinator') && (
          <button
            type="button"
            disabled={deed.busy}
            onClick={() => deed.run(() => act('releaseModel', null, { sha256 }).then(onChange))}
          >
            Release {called}
          </button>
        )}
      </div>
      <Trouble deed={deed} />
    </li>
  );
}
