// Names of sites replaced by neutral labels in any answer of the API. Pure: it knows the few fields in which the contract
// names a site, so that a classifier that happens to be called like a hospital keeps its name.

/** A site whose name its study hides from readers. */
export interface HiddenSite {
  readonly id: string;
  readonly study: string;
  readonly name: string;
  readonly label: string;
}

type Json = unknown;
type Labels = ReadonlyMap<string, string>;

/** Fields that hold one name, and fields that hold a list of them. */
const nameFields = new Set(['siteName', 'without']);
const listFields = new Set(['sites', 'trainedOnSites']);

/** @param sites of studies that hide them, oldest first in each study. @returns `site-1`, `site-2` ... by study */
export function labelled(sites: readonly Omit<HiddenSite, 'label'>[]): HiddenSite[] {
  const counts = new Map<string, number>();
  return sites.map((site) => {
    const number = (counts.get(site.study) ?? 0) + 1;
    counts.set(site.study, number);
    return { ...site, label: `site-${number}` };
  });
}

/** @returns the answer with labels; what holds no hidden name is as it was. */
export function withNeutralNames(answer: Json, hidden: readonly HiddenSite[]): Json {
  const byId = new Map(hidden.map((site) => [site.id, site]));
  return new Walk(byId, labelsFor(answer, hidden)).value(answer);
}

/** One name may belong to sites of several studies: the ids in the answer say which study it is about. */
function labelsFor(answer: Json, hidden: readonly HiddenSite[]): Labels {
  const text = JSON.stringify(answer);
  const named = hidden.filter(({ id, study }) => text.includes(id) || text.includes(study));
  const about = new Set(named.map(({ study }) => study));
  const own = about.size === 0 ? hidden : hidden.filter(({ study }) => about.has(study));
  return new Map(own.map(({ name, label }) => [name, label]));
}

class Walk {
  constructor(
    private readonly byId: ReadonlyMap<string, HiddenSite>,
    private readonly labels: Labels,
  ) {}

  value(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    return typeof value === 'object' && value !== null ? this.record(value) : value;
  }

  private record(record: object): object {
    const fields: Record<string, Json> = Object.fromEntries(
      Object.entries(record).map(([key, value]) => [key, this.field(key, value)]),
    );
    this.nameOfSite(fields);
    if ('envelope' in fields && 'document' in fields && !same(fields['document'], record))
      fields['envelope'] = null;
    return fields;
  }

  private field(key: string, value: Json): Json {
    if (nameFields.has(key) && typeof value === 'string') return this.label(value);
    if (listFields.has(key) && Array.isArray(value))
      return value.map((item: Json) => (typeof item === 'string' ? this.label(item) : this.value(item)));
    return this.value(value);
  }

  private label(name: string): string {
    return this.labels.get(name) ?? name;
  }

  /** A site itself, or something that says whose it is: the id knows better than the name. */
  private nameOfSite(fields: Record<string, Json>): void {
    const own = this.byId.get(String(fields['id']));
    if (own && 'name' in fields) fields['name'] = own.label;
    const other = this.byId.get(String(fields['site']));
    if (other && 'siteName' in fields) fields['siteName'] = other.label;
  }
}

/** A signed document in which something was replaced: its envelope would give the names away. */
function same(document: Json, { document: before }: { document?: Json }): boolean {
  return JSON.stringify(document) === JSON.stringify(before);
}
