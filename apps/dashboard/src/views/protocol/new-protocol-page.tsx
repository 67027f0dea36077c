// Composing a protocol: a form over what is registered, or over what an earlier one says. What it makes is a draft, to be
// read on its own page before it is signed.
import type { ReactNode } from 'react';
import type { ModelVersion, Protocol } from '@sidemark/core/contract';
import { act, ask } from '../../api/client.ts';
import { useDeed } from '../../live/use-deed.ts';
import { useKept } from '../../live/use-kept.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { Form } from '../parts/form.tsx';
import { Notice, Waiting } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { ComparisonFields } from './fields/questions/comparison-fields.tsx';
import type { Fields, Registry } from './fields/fields.ts';
import { FilmFields } from './fields/films/film-fields.tsx';
import { FurtherFields } from './fields/questions/further-fields.tsx';
import { ModelFields } from './fields/model-fields.tsx';
import { PlanFields } from './fields/questions/plan-fields.tsx';
import { draftOf } from './form/draft-of.ts';
import { formOf } from './form/form-of.ts';
import { startingForm } from './form/protocol-form.ts';

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

/** @param props.from the protocol whose choices it begins with; null: those of a new form */
export function NewProtocolPage({ study, from }: { study: string; from: string | null }): ReactNode {
  const load = (signal: AbortSignal) => loadRegistry(study, signal);
  const { value, failure } = usePolled(`registry ${study}`, load, null);
  if (!value) return <Waiting failure={failure} what="registry" />;
  const base = value.protocols.find(({ id }) => id === from);
  if (from !== null && !base) return <Waiting failure={{ status: 404, message: '' }} what="protocol" />;
  const has = (role: ModelVersion['role']): boolean => value.models.some((model) => model.role === role);
  if (!has('detector') || !has('inpainter') || !has('classifier'))
    return (
      <Notice kind="empty" title="Models first">
        A protocol names a released detector, a released inpainter and at least one released classifier.{' '}
        <a href={hrefs.models}>Register and release them</a>
      </Notice>
    );
  return <Composer key={from} study={study} registry={value} base={base} />;
}

function Composer(props: { study: string; registry: Registry; base: Protocol | undefined }): ReactNode {
  const { study, registry, base } = props;
  const [form, change, forget] = useKept(`protocol-form.${study}${base ? `.${base.id}` : ''}`, () =>
    base ? formOf(base.document) : startingForm(registry.models),
  );
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const { id } = await act('draftProtocol', draftOf(form), { id: study });
    forget();
    location.hash = hrefs.protocol(study, id);
  };
  const title = base ? `After ${base.name}, version ${base.version}` : 'Compose a protocol';
  return (
    <>
      <PageHead title={title} crumbs={[{ label: 'Study', href: hrefs.study(study) }]}>
        {base && (
          <p className="hint">
            Filled in with what it says. What you change here makes a draft of its own; {base.name}, version{' '}
            {base.version} stays as it is.
          </p>
        )}
      </PageHead>
      <Form deed={deed} onSubmit={submit} submit="Make the draft" className="protocol" label="Protocol">
        <ProtocolFields form={form} change={change} registry={registry} />
        <p className="hint">
          The next page shows the document exactly as it will be signed. Nothing is sent to a site before
          that.
        </p>
      </Form>
    </>
  );
}

/** All of the form. */
export function ProtocolFields(fields: Fields): ReactNode {
  return (
    <>
      <ModelFields {...fields} />
      <FilmFields {...fields} />
      <ComparisonFields {...fields} />
      <FurtherFields {...fields} />
      <PlanFields {...fields} />
    </>
  );
}
