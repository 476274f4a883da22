// ECharts with what the panels use. Every chart is drawn when it comes near the window, again when the theme changes,
// and before printing. Nothing moves: a report looks the same each time.
import {CustomChart, GraphChart, LineChart, ScatterChart} from 'echarts/charts';
import {DataZoomComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent} from 'echarts/components';
import * as echarts from 'echarts/core';
import {LabelLayout} from 'echarts/features';
import {CanvasRenderer} from 'echarts/renderers';
import {h} from './dom.js';
import {shown} from './text.js';
import {colours, kFont, print_theme, show_theme} from './theme.js';

echarts.use([CustomChart, GraphChart, LineChart, ScatterChart, DataZoomComponent, GridComponent, MarkAreaComponent,
  MarkLineComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

const kPrintWidth = 1110;
const charts = new Set();
let nearby = null;

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
    this.instance = echarts.init(this.element, null, {
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
  nearby ??= new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const of = [...charts].find((known) => known.element === entry.target);
      if (entry.isIntersecting && of && !of.instance) of.draw();
    }
  }, {rootMargin: '400px'});
  nearby.observe(element);
  return chart;
}

export function redraw() {
  for (const chart of charts) if (chart.instance) chart.draw();
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
    for (const chart of charts) chart.draw(kPrintWidth);
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
