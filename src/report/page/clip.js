// The part of a rectangle that lies inside another one; nothing where they do not meet. ECharts has the same; with this one the
// options of a chart need nothing of it.
export function clipped(rectangle, inside) {
  const x = Math.max(rectangle.x, inside.x), right = Math.min(rectangle.x + rectangle.width, inside.x + inside.width);
  const y = Math.max(rectangle.y, inside.y), bottom = Math.min(rectangle.y + rectangle.height, inside.y + inside.height);
  return right >= x && bottom >= y ? {x, y, width: right - x, height: bottom - y} : undefined;
}
