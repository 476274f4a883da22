// ECharts with what the panels use. It is a script of its own in the page, which charts.js runs when it needs it.
import {CustomChart, GraphChart, LineChart, ScatterChart} from 'echarts/charts';
import {DataZoomComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent} from 'echarts/components';
import {init, use} from 'echarts/core';
import {LabelLayout} from 'echarts/features';
import {CanvasRenderer} from 'echarts/renderers';

use([CustomChart, GraphChart, LineChart, ScatterChart, DataZoomComponent, GridComponent, MarkAreaComponent, MarkLineComponent,
  TooltipComponent, LabelLayout, CanvasRenderer]);

export {init};
