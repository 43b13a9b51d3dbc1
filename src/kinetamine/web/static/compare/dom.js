// Elements with attributes and children, in one call.
export function make(name, given = {}, ...children) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) { continue; }
    if (key.startsWith("on")) { one.addEventListener(key.slice(2), value); }
    else if (key === "text") { one.textContent = value; }
    else if (key === "value" || key === "checked" || key === "disabled" || key === "open") { one[key] = value; }
    else { one.setAttribute(key, value === true ? "" : value); }
  }
  one.append(...children.filter((child) => child !== null && child !== undefined));
  return one;
}

// The line of an arm, as figures draw it: colour and dashes.
const DASHES = {
  solid: "none", dashed: "7 4", dotted: "2 4", dashdot: "7 3 2 3", longdash: "12 4", longdashdot: "11 3 2 3",
};
let looks = [];
export function setLooks(given) { looks = given; }
function drawn(name, given) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(given).forEach(([key, value]) => one.setAttribute(key, value));
  return one;
}
export function swatch(index) {
  const [role, style] = looks[index];
  const svg = drawn("svg", { viewBox: "0 0 34 10", width: 34, height: 10, class: "swatch", "aria-hidden": "true" });
  const line = drawn("line", { x1: 1, x2: 33, y1: 5, y2: 5 });
  line.style.stroke = "var(--c-" + role + ")";
  line.style.strokeDasharray = DASHES[style];
  svg.append(line);
  return svg;
}
