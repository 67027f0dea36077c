// Approving a site: its six words come by telephone, and are typed, so that nobody nods at a screen.
import { type ReactNode, useState } from 'react';
import type { Site } from '@sidemark/core/contract';
import { act } from '../../api/client.ts';
import { useDeed } from '../../live/use-deed.ts';
import { Field, Form } from '../parts/form.tsx';

const wordsOf = (text: string): string[] =>
  text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/);

export function ApproveSite({ site, onChange }: { site: Site; onChange: () => void }): ReactNode {
  const [text, setText] = useState('');
  const deed = useDeed();
  const isSix = wordsOf(text).length === 6;
  const submit = async (): Promise<void> => {
    await act('approveSite', { words: wordsOf(text) }, { id: site.id });
    onChange();
  };
  return (
    <Form
      deed={deed}
      onSubmit={submit}
      submit={`Approve ${site.name}`}
      className="approve"
      label={`Approve ${site.name}`}
    >
      <Field
        label="Six words, as the hospital reads them to you"
        autoComplete="off"
        autoCapitalize="none"
        value={text}
        onText={setText}
        complaint={text === '' || isSix ? '' : 'There are six words.'}
        hint={
          <>
            Call the hospital by a number you know, not one from the message. The words spell the fingerprint
            of what it signed: if they differ, somebody else has enrolled, and the site is to be invited anew.
            {site.key && (
              <>
                {' '}
                Its key: <code>{site.key.keyId}</code>
              </>
            )}
          </>
        }
      />
    </Form>
  );
}
