// A button for what cannot be taken back: it asks once more, in its own place.
import { type ReactNode, useState } from 'react';

export function ConfirmButton(props: {
  label: string;
  /** the question, with what will happen */
  question: string;
  yes: string;
  disabled?: boolean;
  onSure: () => void;
}): ReactNode {
  const { label, question, yes, disabled = false, onSure } = props;
  const [isAsking, setAsking] = useState(false);
  if (!isAsking)
    return (
      <button type="button" className="plain" disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  const sure = (): void => {
    setAsking(false);
    onSure();
  };
  return (
    <span className="question" role="group" aria-label={label}>
      <span>{question}</span>
      <button type="button" className="plain danger" autoFocus onClick={sure}>
        {yes}
      </button>
      <button type="button" className="plain" onClick={() => setAsking(false)}>
        No
      </button>
    </span>
  );
}
