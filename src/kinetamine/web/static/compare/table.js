// The table of differences: each number of every arm, how far it is from the first, and its ratio.
import { make, swatch } from "./dom.js";

export function drawTable(place, whole) {
  const arms = whole.arms.filter((one) => !one.problem);
  const names = arms.map(function (arm) {
    const name = make("span", { class: "below-swatch", text: arm.name });
    return make("th", { scope: "col", class: "n" }, swatch(arm.index), name);
  });
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col", text: "Quantity" }), ...names));
  const bodies = whole.table.map(function (group) {
    return make("tbody", {}, heading(group, arms.length), ...group.rows.map((row) => line(row, arms)));
  });
  place.style.setProperty("--arms", arms.length);
  const said = "Key numbers of each arm, difference from " + whole.arms[0].name + " and ratio to it";
  place.replaceChildren(make("caption", { class: "sr", text: said }), head, ...bodies);
}
function heading(group, count) {
  return make("tr", { class: "group" },
    make("th", { scope: "rowgroup", colspan: String(count + 1) }, make("span", { text: group.title })));
}
function line(row, arms) {
  return make("tr", { "data-key": row.key },
    make("th", { scope: "row" }, row.label, make("span", { class: "below", text: row.unit })),
    ...arms.map((arm) => cell(row.cells[arm.index])));
}
function cell(one) {
  if (!one) {
    return make("td", { class: "n none" },
      make("span", { "aria-hidden": "true", text: "–" }), make("span", { class: "sr", text: "does not apply" }));
  }
  const change = [one.shown_difference, one.shown_ratio].filter(Boolean).join(" · ");
  return make("td", { class: "n", title: one.time || null }, make("span", { class: "value", text: one.shown }),
    one.shown_range ? make("span", { class: "range", text: one.shown_range }) : null,
    change ? make("span", { class: change === "same" ? "change same" : "change", text: change }) : null);
}

// One line for each number of each arm, for a spreadsheet.
const COLUMNS = ["group", "quantity", "unit", "arm", "value", "p5", "p95", "difference", "difference_unit", "ratio",
  "shown", "when", "nature", "kinetamine"];
export function csv(whole) {
  const lines = [COLUMNS];
  whole.table.forEach(function (group) {
    group.rows.forEach(function (row) {
      whole.arms.forEach(function (arm) {
        const one = row.cells[arm.index];
        if (!one) { return; }
        const [low, high] = one.range || ["", ""];
        const unit = one.difference === undefined ? "" : row.difference_unit;
        lines.push([group.title, row.label, row.unit, arm.name, one.value, low, high, one.difference, unit, one.ratio,
          one.shown, one.time, "model prediction", whole.kinetamine]);
      });
    });
  });
  return lines.map((cells) => cells.map(quoted).join(",")).join("\r\n") + "\r\n";
}
function quoted(cell) {
  const text = cell === null || cell === undefined ? "" : String(cell);
  // A spreadsheet would run what begins like a formula.
  const safe = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}
