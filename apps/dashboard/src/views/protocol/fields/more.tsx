// Choices that few need: folded away, with what they are set to beside their name. They unfold by themselves when something
// in them keeps the form from being sent.
import type { ReactNode } from 'react';

export function More(props: { name: string; said: string; children: ReactNode }): ReactNode {
  const { name, said, children } = props;
  return (
    <details
      className="more"
      onInvalidCapture={(event) => {
        event.currentTarget.open = true;
      }}
    >
      <summary>
        <span className="name">{name}</span> <span className="quiet">{said}</span>
      </summary>
      <div className="fields">{children}</div>
    </details>
  );
}
