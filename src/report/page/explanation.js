import {bar, h, replace} from './dom.js';
import {plain_table} from './panel.js';
import {tier_badge, verdict_badge} from './tier.js';
import {count_of, date, exact, number, or_dash, percent, shown, words} from './text.js';

const kNames = {impact: 'Business impact', debt: 'Technical debt', topology: 'Topology'};
const short = (fact) => words(fact.replace(/^[a-z]+\./, ''));

function fact_line(fact) {
  const place = fact.origin === 'stated' ? (fact.file ? `${shown(fact.file, 80)}:${fact.line}` : 'stated') : fact.origin;
  return h('li', {}, h('span', {}, short(fact.name)), h('span', {}, exact(fact.value), ' ', h('span', {class: 'place'}, h('bdi', {}, place))));
}

function dimension(term, sum) {
  return h('div', {class: 'dimension'},
    h('div', {class: 'line'}, h('span', {}, kNames[term.dimension] ?? words(term.dimension)), h('b', {}, `${number(term.contribution, 2)} points`)),
    h('div', {class: 'track', 'aria-hidden': 'true'}, bar((term.normalised ?? 0) / 100, '')),
    h('p', {class: 'hint'}, term.normalised === null ? 'Facts are missing: this dimension counts 0.' :
      `raw ${exact(term.raw)} → ${number(term.normalised, 2)} of 100 × weight ${exact(term.weight)} / ${exact(sum)}`),
    h('ul', {}, term.facts.map(fact_line)));
}

function scores(data, service, explained) {
  if (!explained) return h('p', {class: 'soft'}, `${number(service.score, 2)} points. Where they come from is not in this page: migplan explain -s ${service.name}`);
  const sum = explained.terms.reduce((all, term) => all + term.weight, 0);
  const above = [];
  if (explained.to_next_up !== null) above.push(`${number(explained.to_next_up, 2)} points below the next tier`);
  if (explained.to_next_down !== null) above.push(`${number(explained.to_next_down, 2)} to lose before the one below`);
  if (explained.score_high !== explained.score) above.push(`at most ${number(explained.score_high, 2)} (tier ${shown(explained.tier_high, 24)}) if the missing facts were at their worst`);
  const flips = explained.flips.filter((flip) => flip.to !== null);
  return [
    above.length > 0 && h('p', {class: 'soft'}, `${above.join('; ')}.`),
    h('div', {}, explained.terms.map((term) => dimension(term, sum))),
    flips.length > 0 && [h('h3', {}, 'The smallest change of one fact that moves the tier'),
      plain_table([['Fact', (f) => short(f.fact)], ['from', (f) => exact(f.from), true], ['to', (f) => exact(f.to), true], ['Tier', (f) => tier_badge(data, f.tier)]], flips)]];
}

function firmness(data, service) {
  const firm = data.firmness.get(service.name);
  if (!firm) return null;
  const shares = data.tiers.map(({tier}) => [tier, firm[`p_${tier.toLowerCase()}`] ?? firm[`p_${tier}`]]).filter(([, share]) => share);
  return [h('h3', {}, 'How firm the tier is'),
    h('p', {class: 'soft'}, firm.firmness === 'firm' ? 'Firm: no small change of a weight or a fact moves it.' : `It hangs on ${words(firm.hangs_on ?? firm.firmness)}.`,
      ` Of the draws: ${shares.map(([tier, share]) => `${percent(share, 1)} ${shown(tier, 24)}`).join(', ')}.`)];
}

function plan(data, service) {
  const planned = data.planned.get(service.name);
  if (!planned) return data.has_plan ? [h('h3', {}, 'Plan'), h('p', {class: 'soft'}, 'Nothing is planned: it has left the old platform.')] : null;
  const risk = data.risk.get(service.name);
  const why = (phase) => (phase.binding ? phase.binding.what ?? phase.binding.kind : null);
  return [h('h3', {}, 'Plan'),
    h('p', {class: 'soft'}, `Route ${or_dash(planned.route, 40)}; cutover ${date(planned.cutover)} in ${planned.window}`,
      planned.committed_window ? `, promised for ${planned.committed_window}` : '', `; ${count_of(planned.slack_days, 'working day')} of slack`,
      planned.critical ? '; on the critical chain' : '', risk ? `; on time in ${percent(risk.p_on_time)} of the draws` : '', '.'),
    plain_table([['Phase', (p) => p.phase], ['from', (p) => date(p.start), true], ['to', (p) => date(p.finish), true], ['Held back by', why]], planned.phases)];
}

function neighbours(data, service, open) {
  const line = (title, calls, end) => calls.length > 0 && h('p', {class: 'soft'}, `${title}: `,
    calls.slice(0, 40).map((call, at) => [at > 0 && ', ', h('button', {class: 'name', type: 'button', onclick: () => open(call[end])}, shown(call[end])), call.strength === 'weak' && ' (weak)']),
    calls.length > 40 && `, and ${calls.length - 40} more`);
  const calls = data.calls_from(service.name), callers = data.calls_to(service.name);
  if (calls.length + callers.length === 0) return null;
  return [h('h3', {}, 'Dependencies'), line('Calls', calls, 'callee'), line('Is called by', callers, 'caller')];
}

function checks(data, service) {
  const rows = data.checks_of.get(service.name) ?? [];
  if (rows.length === 0) return null;
  return [h('h3', {}, 'Checks'), plain_table([['Check', (c) => `${c.command} ${c.check}`], ['Verdict', (c) => verdict_badge(c.verdict)], ['Because', (c) => c.message]], rows)];
}

// The side panel with everything about one service.
export class Explanation {
  constructor(data) {
    this.data = data;
    this.inner = h('div', {class: 'inner'});
    this.element = h('dialog', {'aria-labelledby': 'explanation-title'}, this.inner);
    this.element.addEventListener('click', (event) => { if (event.target === this.element) this.element.close(); });
  }

  open(name) {
    const service = this.data.by_name.get(name);
    if (!service) return;
    const fact = (title, value) => value !== null && value !== undefined && value !== '' && [h('dt', {}, title), h('dd', {}, h('bdi', {}, shown(value, 300)))];
    replace(this.inner,
      h('div', {class: 'top'}, h('div', {}, h('div', {class: 'eyebrow'}, tier_badge(this.data, service.tier), ` · rank ${number(service.rank)} of ${number(this.data.services.length)}`),
        h('h2', {id: 'explanation-title'}, h('bdi', {}, shown(service.name))), service.display_name && h('p', {class: 'soft'}, h('bdi', {}, shown(service.display_name, 300)))),
      h('button', {class: 'quiet', type: 'button', autofocus: true, onclick: () => this.element.close()}, 'Close')),
      h('div', {class: 'big'}, number(service.score, 2), ' ', h('small', {}, 'points')),
      scores(this.data, service, this.data.explained.get(name)),
      firmness(this.data, service), plan(this.data, service), checks(this.data, service), neighbours(this.data, service, (other) => this.open(other)),
      h('h3', {}, 'Facts'),
      h('dl', {class: 'facts'}, fact('Domain', service.domain), fact('Team', service.team), fact('Owner', service.owner), fact('Kind', service.kind),
        fact('State', this.data.state_of(service)), fact('Disposition', service.disposition), fact('Coupling', service.coupling), fact('Obsolescence', service.obsolescence)));
    if (!this.element.open) this.element.showModal();
    this.element.scrollTop = 0;
  }
}
