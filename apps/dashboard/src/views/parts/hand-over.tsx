// Something secret that is shown once, to be handed over outside of Sidemark: copied, or saved as a file.
import { type ReactNode, useState } from 'react';
import { download } from './data-table.tsx';

export function HandOver(props: {
  title: string;
  text: string;
  /** absent: it is copied only */
  file?: string;
  onDone: () => void;
  children: ReactNode;
}): ReactNode {
  const { title, text, file, onDone, children } = props;
  const [said, setSaid] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('The browser does not allow copying here: select the text'),
    );
  };
  return (
    <section className="card hand-over" aria-label={title}>
      <h2>{title}</h2>
      <p>{children}</p>
      <pre tabIndex={0}>{text}</pre>
      <div className="buttons">
        {file !== undefined && (
          <button type="button" onClick={() => download(file, 'application/json', `${text}\n`)}>
            Save {file}
          </button>
        )}
        <button type="button" className="plain" onClick={copy}>
          Copy
        </button>
        <button type="button" className="plain" onClick={onDone}>
          I have it: hide
        </button>
        <span role="status">{said}</span>
      </div>
    </section>
  );
}
