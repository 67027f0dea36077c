// Creating a study.
import { type ReactNode, useState } from 'react';
import { act } from '../../api/client.ts';
import { useDeed } from '../../live/use-deed.ts';
import { hrefs } from '../../routes/route.ts';
import { Field, Form, Tick } from '../parts/form.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { SlugField, slugFrom } from '../parts/slug-field.tsx';

export function NewStudyPage(): ReactNode {
  const [title, setTitle] = useState('');
  const [name, setName] = useState('');
  const [isHidden, setHidden] = useState(false);
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const siteNames = isHidden ? 'hidden' : 'shown';
    const study = await act('createStudy', { title, name: name || slugFrom(title), siteNames });
    location.hash = hrefs.study(study.id);
  };
  return (
    <>
      <PageHead title="New study" crumbs={[{ label: 'Studies', href: hrefs.studies }]} />
      <Form deed={deed} onSubmit={submit} submit="Create the study" className="card narrow">
        <Field
          label="Title"
          maxLength={120}
          autoFocus
          value={title}
          onText={setTitle}
          hint="As people call it: Side markers in five hospitals, 2026."
        />
        <SlugField
          label="Short name"
          value={name}
          placeholder={slugFrom(title)}
          required={false}
          onText={setName}
          hint="Small letters, figures and hyphens; sites register their films under it. It never changes."
        />
        <Tick
          label="Hide the names of sites from readers: they see site-1, site-2 …"
          checked={isHidden}
          onTick={setHidden}
        />
      </Form>
    </>
  );
}
