// Composing a protocol: a form over what is registered. What it makes is a draft, to be read on its own page before it is
// signed.
import type { ReactNode } from 'react';
import type { ModelVersion } from '@sidemark/core/contract';
import { act, ask } from '../../api/client.ts';
import { useDeed } from '../../live/use-deed.ts';
import { useKept } from '../../live/use-kept.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { Form } from '../parts/form.tsx';
import { Notice, Waiting } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { ComparisonFields } from './comparison-fields.tsx';
import type { Registry } from './fields.ts';
import { FilmFields } from './film-fields.tsx';
import { ModelFields } from './model-fields.tsx';
import { PlanFields } from './plan-fields.tsx';
import { draftOf, startingForm } from './protocol-form.ts';

async function loadRegistry(study: string, signal: AbortSignal): Promise<Registry> {
  const [models, packs, sites, protocols] = await Promise.all([
    ask('listModels', {}, signal),
    ask('listPacks', {}, signal),
    ask('listSites', {}, signal),
    ask('listProtocols', { id: study }, signal),
  ]);
  return {
    models: models.filter(({ state }) => state === 'released'),
    packs,
    sites: sites.filter((site) => site.study === study),
    protocols,
  };
}

export function NewProtocolPage({ study }: { study: string }): ReactNode {
  const load = (signal: AbortSignal) => loadRegistry(study, signal);
  const { value, failure } = usePolled(`registry ${study}`, load, null);
  if (!value) return <Waiting failure={failure} what="registry" />;
  const has = (role: ModelVersion['role']): boolean => value.models.some((model) => model.role === role);
  if (!has('detector') || !has('inpainter') || !has('classifier'))
    return (
      <Notice kind="empty" title="Models first">
        A protocol names a released detector, a released inpainter and at least one released classifier.{' '}
        <a href={hrefs.models}>Register and release them</a>
      </Notice>
    );
  return <Composer study={study} registry={value} />;
}

function Composer({ study, registry }: { study: string; registry: Registry }): ReactNode {
  const [form, change, forget] = useKept(`protocol.${study}`, () => startingForm(registry.models));
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const { id } = await act('draftProtocol', draftOf(form), { id: study });
    forget();
    location.hash = hrefs.protocol(study, id);
  };
  const fields = { form, change, registry };
  return (
    <>
      <PageHead title="Compose a protocol" crumbs={[{ label: 'Study', href: hrefs.study(study) }]} />
      <Form deed={deed} onSubmit={submit} submit="Make the draft" className="protocol" label="Protocol">
        <ModelFields {...fields} />
        <FilmFields {...fields} />
        <ComparisonFields {...fields} />
        <PlanFields {...fields} />
        <p className="hint">
          The next page shows the document exactly as it will be signed. Nothing is sent to a site before
          that.
        </p>
      </Form>
    </>
  );
}
