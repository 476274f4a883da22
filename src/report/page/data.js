import {by_text} from './text.js';

// The report and what the panels look things up in.
export class Data {
  constructor(report) {
    this.report = report;
    this.services = report.services;
    this.by_name = new Map(this.services.map((service) => [service.name, service]));
    this.services.forEach((service, at) => { service.rank = at + 1; });
    this.tiers = report.score.tiers;
    this.tier_number = new Map(this.tiers.map((tier, at) => [tier.tier, at]));
    this.schedule = report.schedule;
    this.explained = new Map((report.explain?.services ?? []).map((service) => [service.name, service]));
    this.planned = new Map((this.schedule?.services ?? []).map((service) => [service.name, service]));
    this.risk = new Map((this.schedule?.risk ?? []).map((service) => [service.name, service]));
    this.firmness = new Map(report.sensitivity.services.map((service) => [service.name, service]));
    this.checks = report.checks;
    this.checks_of = group(this.checks, (check) => check.service);
    this.bridges = this.schedule?.bridges ?? [];
    this.callees = group(report.graph.calls, (call) => call.caller);
    this.callers = group(report.graph.calls, (call) => call.callee);
    this.has_plan = this.planned.size > 0;
    this.state_of = (service) => service.status ?? 'unknown';
  }

  tier(service) { return this.tier_number.get(service.tier) ?? 0; }
  values(key) {
    return [...new Set(this.services.map((service) => service[key]).filter((value) => value !== null))].sort(by_text);
  }
  calls_from(name) { return this.callees.get(name) ?? []; }
  calls_to(name) { return this.callers.get(name) ?? []; }
}

export function group(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const at = key(row);
    if (groups.has(at)) groups.get(at).push(row);
    else groups.set(at, [row]);
  }
  return groups;
}

export function read_data() {
  return new Data(JSON.parse(document.getElementById('report-data').textContent));
}
