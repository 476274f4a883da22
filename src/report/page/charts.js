// Every chart is drawn when it comes into the window or, in an idle moment, near it, again when the theme changes, and before
// printing. Nothing moves: a report looks the same each time.
import {h} from './dom.js';
import {shown} from './text.js';
import {colours, kFont, print_theme, show_theme} from './theme.js';

const kPrintWidth = 1110;
const kMoment = 300;  // milliseconds in which the reader comes first
const charts = new Set();

// ECharts, which is most of what the page has to run: its script stands in the page as a text until the first chart is
// drawn. A script without an address runs while it is put in, so that printing need not wait for it.
function engine() {
  if (!window.chart_engine) {
    const script = h('script', {}, document.getElementById('chart-engine').textContent);
    document.head.append(script);
    script.remove();
  }
  return window.chart_engine;
}

// Each work in a task of its own, so that the page answers in between. Safari does not tell when it is idle.
function when_idle(work) {
  setTimeout(() => (window.requestIdleCallback ?? setTimeout)(work), kMoment);
}

class Chart {
  constructor(element, options, on_click) {
    this.element = element;
    this.options = options;
    this.on_click = on_click;
    this.instance = null;
  }
  draw(width) {
    const made = this.options(width ?? this.element.clientWidth, width !== undefined);
    this.element.style.height = `${made.height}px`;
    this.instance?.dispose();
    this.instance = engine().init(this.element, null, {
      renderer: 'canvas', width, height: made.height,
      devicePixelRatio: Math.max(window.devicePixelRatio || 1, width === undefined ? 1 : 2)});
    const {paper, line, ink} = colours();
    this.instance.setOption({
      animation: false,
      progressive: 0,  // all of it at once: it may be printed in the next moment
      textStyle: {fontFamily: kFont, color: ink},
      tooltip: made.option.tooltip && {
        backgroundColor: paper, borderColor: line, textStyle: {color: ink, fontSize: 12.5}, transitionDuration: 0,
        padding: [8, 12], confine: true, extraCssText: 'box-shadow: 0 6px 24px rgba(0,0,0,.14); border-radius: 8px;',
        ...made.option.tooltip},
      ...Object.fromEntries(Object.entries(made.option).filter(([key]) => key !== 'tooltip')),
    });
    made.drawn?.(this.instance);
    if (this.on_click) this.instance.on('click', this.on_click);
    this.instance.getZr().flush();
  }
}

// A chart in `element`. The height keeps the page from jumping when the chart is drawn, and only then are the options made:
// `options(width, is_print)` gives {height, option}.
export function add_chart(element, height, options, on_click) {
  const chart = new Chart(element, options, on_click);
  element.style.height = `${height}px`;
  charts.add(chart);
  in_window.observe(element);
  near_window.observe(element);
  return chart;
}

function watch(rootMargin, come) {
  return new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) {
      const chart = [...charts].find(({element}) => element === target);
      if (isIntersecting && chart && !chart.instance) come(chart);
    }
  }, {rootMargin});
}
const in_window = watch('0px', (chart) => chart.draw());
const near_window = watch('400px', (chart) => {
  when_idle(engine);
  when_idle(() => { if (!chart.instance && chart.element.isConnected) chart.draw(); });
});

// Those that still stand in the page: another choice may have taken one's place.
function standing() {
  for (const chart of charts) {
    if (chart.element.isConnected) continue;
    chart.instance?.dispose();
    charts.delete(chart);
  }
  return charts;
}

export function redraw() {
  for (const chart of standing()) if (chart.instance) chart.draw();
}

export function watch_window() {
  let waiting = 0;
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 150);
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    show_theme();
    redraw();
  });
  window.addEventListener('beforeprint', () => {
    print_theme(true);
    for (const chart of standing()) chart.draw(kPrintWidth);
  });
  window.addEventListener('afterprint', () => {
    print_theme(false);
    redraw();
  });
}

// What a tooltip shows: a heading and lines, made of text nodes.
export function tip(heading, ...lines) {
  return h('div', {class: 'tip'}, h('b', {}, h('bdi', {}, shown(heading))),
    lines.filter(Boolean).map((line) => h('div', {}, h('bdi', {}, shown(line, 300)))));
}
