// The sheet of paper on which people sign in.
import { type ReactNode, useEffect } from 'react';

export function Sheet({ title, children }: { title: string; children: ReactNode }): ReactNode {
  useEffect(() => {
    document.title = `${title} – Sidemark`;
  }, [title]);
  return (
    <main className="sign-in">
      <div className="card">
        <p className="brand">
          <span aria-hidden="true" className="brand-mark" />
          Sidemark
        </p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
