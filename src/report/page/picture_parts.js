// What stands around the charts of a picture: on the page these are elements.
import {colours} from './theme.js';

export const kWidth = 1200;
export const kEdge = 16;
const kLetter = 6.4, kWideLetter = 12.5, kKeyGap = 38;

const width_of = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? kWideLetter : kLetter), 0);

// A heading and a sentence of at most two lines: {height, option}.
export function title(text, subtext, top) {
  const c = colours();
  const lines = width_of(subtext) > kWidth - 2 * kEdge ? 2 : 1;
  return {height: 33 + lines * 17, option: {text, subtext, left: kEdge, top, padding: 0, itemGap: 6, textStyle: {color: c.ink, fontSize: 17, fontWeight: 650},
    subtextStyle: {color: c.soft, fontSize: 12.5, lineHeight: 17, width: kWidth - 2 * kEdge, height: 34, overflow: 'break', lineOverflow: 'truncate'}}};
}

// A text in lines of about so many letters, broken where its words join.
export function in_lines(text, letters) {
  const lines = [''];
  for (const word of text.match(/[^-_./ ]*[-_./ ]?/g)) {
    const last = lines.length - 1;
    if (lines[last] !== '' && (lines[last] + word).length > letters) lines.push(word);
    else lines[last] += word;
  }
  return lines;
}

// Keys of a chart, {text, icon, style} each: {height, legend, series}, of which the series give the keys their names.
export function keys(list, top) {
  const c = colours();
  const lines = list.reduce(([count, used], {text}) => {
    const wide = width_of(text) + kKeyGap;
    return used + wide > kWidth - 2 * kEdge ? [count + 1, wide] : [count, used + wide];
  }, [1, 0])[0];
  const name = (at) => `key ${at}`;
  return {
    height: lines * 22,
    legend: {left: kEdge, top, width: kWidth - 2 * kEdge, padding: 0, itemGap: 16, itemWidth: 14, itemHeight: 12, selectedMode: false,
      textStyle: {color: c.soft, fontSize: 12}, formatter: (key) => list[Number(key.slice(4))].text,
      data: list.map(({icon, style}, at) => ({name: name(at), icon, itemStyle: {borderWidth: 0, opacity: 1, ...style}}))},
    series: list.map((_, at) => ({type: 'custom', name: name(at), renderItem: () => null, data: []})),
  };
}
