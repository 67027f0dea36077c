// A table on the page, with the two ways out of it: the clipboard and a CSV file.
import { type ReactNode, useState } from 'react';
import { type Cell, type Table, tableCsv, tableTabs } from './table.ts';

export function DataTable({ table, heading = true }: { table: Table; heading?: boolean }): ReactNode {
  const { caption, columns, rows } = table;
  return (
    <figure className="table">
      <figcaption>
        <span className={heading ? 'caption' : 'caption small'}>{caption}</span>
        <Exports table={table} />
      </figcaption>
      <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <thead>
            <tr>
              {columns.map(({ label, numeric }) => (
                <th key={label} scope="col" className={numeric ? 'numeric' : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) =>
                  j === 0 ? (
                    <th key={j} scope="row">
                      <Content cell={cell} />
                    </th>
                  ) : (
                    <td key={j} className={classOf(cell, columns[j]?.numeric)}>
                      <Content cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

const classOf = ({ text, tone }: Cell, numeric: boolean | undefined): string =>
  [numeric && 'numeric', tone, text.length > 28 && 'long'].filter(Boolean).join(' ');

const Content = ({ cell: { text, href } }: { cell: Cell }): ReactNode =>
  href === undefined ? text : <a href={href}>{text}</a>;

function Exports({ table }: { table: Table }): ReactNode {
  const [said, setSaid] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(tableTabs(table)).then(
      () => setSaid('Copied'),
      () => setSaid('The browser does not allow copying here: download the CSV'),
    );
  };
  return (
    <span className="exports">
      <span role="status">{said}</span>
      <button type="button" className="plain" onClick={copy} aria-label={`Copy: ${table.caption}`}>
        Copy
      </button>
      <button
        type="button"
        className="plain"
        onClick={() => download(`${table.file}.csv`, 'text/csv', `\ufeff${tableCsv(table)}`)}
        aria-label={`CSV: ${table.caption}`}
      >
        CSV
      </button>
    </span>
  );
}

/** Hands the browser a file made here. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
