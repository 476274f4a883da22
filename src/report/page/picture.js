// Pictures for documents: a report's charts as SVG, drawn without a browser. `draw` is what svg.cpp calls.
import './es5.js';
import {CustomChart, HeatmapChart, LineChart, ScatterChart} from 'echarts/charts';
import {GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, VisualMapContinuousComponent} from 'echarts/components';
import * as echarts from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {registerSSRDataGetter} from 'zrender/lib/zrender.js';
import {matrix_picture} from './matrix_picture.js';
import {schedule_picture} from './schedule_picture.js';
import {use_language} from './text.js';
import {choose_theme, colours, kFont} from './theme.js';

echarts.use([CustomChart, HeatmapChart, LineChart, ScatterChart, GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent,
  TitleComponent, VisualMapContinuousComponent, SVGRenderer]);

const kPictures = {matrix: matrix_picture, schedule: schedule_picture};
const kEscapes = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};
const escaped = (text) => text.replace(/[&<>"']/g, (c) => kEscapes[c]);

// The SVG of a report in JSON.
export function draw(json) {
  const report = JSON.parse(json);
  choose_theme('light');
  use_language(report.language);
  const {width, height, title, description, option} = kPictures[report.picture](report);
  const {paper, ink} = colours();
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width, height});
  registerSSRDataGetter(() => null);  // no marks for a script that would make the picture answer to the mouse
  chart.setOption({animation: false, progressive: 0, backgroundColor: paper, textStyle: {fontFamily: kFont, color: ink}, ...option,
    series: option.series.map((one) => ({...one, silent: true}))});
  const svg = chart.getZr().painter.renderToString({useViewBox: true, cssAnimation: false, cssEmphasis: false});
  const behind = svg.indexOf('>') + 1;  // of the first element: it has no text but numbers
  return `${svg.slice(0, behind)}\n<title>${escaped(title)}</title>\n<desc>${escaped(description)}</desc>${svg.slice(behind)}\n`;
}
