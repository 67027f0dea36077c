// What the coordinator measures. Labels are words of the contract: no name, no id, no address is one.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export class Instruments {
  readonly registry = new Registry();
  readonly build = this.gauge('build_info', 'Version that runs; always 1', ['version', 'contract']);
  readonly requests = new Histogram({
    name: 'sidemark_http_request_duration_seconds',
    help: 'Time to answer a request, by the route of the contract',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [this.registry],
  });
  readonly statements = new Counter({
    name: 'sidemark_statements_total',
    help: 'Signed statements that sites handed in, by kind and outcome: accepted, or the code of the refusal',
    labelNames: ['kind', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly connected = this.gauge('sites_connected', 'Sites with a live link');
  readonly sites = this.gauge('sites', 'Sites by state', ['state']);
  readonly runs = this.gauge('runs', 'Runs by state', ['state']);
  readonly jobs = this.gauge('jobs', 'Jobs by state', ['state']);
  readonly reports = this.gauge('reports', 'Stored reports by state', ['state']);
  readonly films = this.gauge('films_in_progress', 'Films of jobs at work, as the sites last said', ['part']);
  readonly auditEntries = this.gauge('audit_entries', 'Entries of the audit log');
  readonly databaseUp = this.gauge('database_up', '1: the database answers');
  readonly databaseSlots = this.gauge(
    'database_slots',
    'Work on the database: connections busy and free, and what waits for one',
    ['state'],
  );
  readonly diskFree = this.gauge('data_disk_free_bytes', 'Free space where the data directory is');

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  private gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name: `sidemark_${name}`, help, labelNames, registers: [this.registry] });
  }
}
