// The regimen: words from a list or a small builder, the doses as the server understood them, mL of the user's vial.
import { numberOf } from "./course.js";
import { element, make } from "./dom.js";

// Three significant figures and no exponent, as the server writes numbers; whole from 100 on.
export function figure(value) {
  if (!value) { return "0"; }
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(Math.min(decimals, 20));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

// mL of one dose, or null where the vial does not say it, or devices and no vial are given.
export function millilitres(row, strength, of) {
  if (!(strength > 0) || !of || row.by_device) { return null; }
  return (of === "base" ? row.base_mg : row.hydrochloride_mg) / strength;
}

let rows = null;
export function showDoses(plan) {
  rows = plan.rows;
  delete element("doses-understood").dataset.old;
  element("understood-says").textContent = plan.sentence;
  showRows();
}

// What is typed now was not understood: the table is of the words before, if there were any.
export function keepDoses() {
  if (rows) { element("doses-understood").dataset.old = "1"; } else { element("understood").closest(".scroll").hidden = true; }
}

function showRows() {
  if (!rows) { return; }
  const strength = numberOf(element("vial").value || ""), of = element("vial_of").value;
  const volumes = rows.map(function (row) { return millilitres(row, strength, of); });
  const withVolume = volumes.some(function (one) { return one !== null; });
  const heads = ["Dose", "When", "As stated", "mg base"].concat(withVolume ? ["mL"] : [], ["Route", "Over"]);
  const table = element("understood");
  table.tHead.replaceChildren(line(heads, "th"));
  table.tBodies[0].replaceChildren(...rows.map(function (row, place) {
    const when = "Day " + row.day + ", " + row.clock;
    const cells = [row.number, when, row.stated, figure(row.base_mg)];
    const volume = volumes[place] === null ? "–" : figure(volumes[place]);
    return line(cells.concat(withVolume ? [volume] : [], [row.route, row.over]), "td");
  }));
  table.closest(".scroll").hidden = !rows.length;
}

function line(cells, kind) {
  const found = document.createElement("tr");
  cells.forEach(function (text, place) {
    const cell = document.createElement(kind === "td" && place === 0 ? "th" : kind);
    cell.textContent = text;
    if (cell.tagName === "TH") { cell.scope = kind === "th" ? "col" : "row"; }
    found.append(cell);
  });
  return found;
}

// A vial's strength without what it counts says no volume: told at the field.
export function wrongVial() {
  const strength = element("vial").value.trim(), of = element("vial_of").value;
  if (strength && !(numberOf(strength) > 0) && numberOf(strength) !== null) {
    return [{ name: "vial", sentence: "More than 0 mg/mL, as printed on the vial." }];
  }
  return strength && !of ? [{ name: "vial_of", sentence: "Say what the mg on the vial are of." }] : [];
}

function named() {
  const choice = element("named"), words = element("regimen").value.trim();
  const found = Array.from(choice.options).find(function (one) {
    return one.value && [one.value, one.dataset.name].includes(words);
  });
  choice.value = found ? found.value : "";
  const note = element("named-note");
  note.textContent = found ? found.dataset.note + " " : "Choose one, or write your own below.";
  if (found) {
    note.append(make("a", { href: found.dataset.page, textContent: "Its card" }));
  }
}

function built() {
  const value = function (id) { return element(id).value.trim(); };
  const wrong = ["b-amount", "b-over", "b-weeks"].some(function (id) { return numberOf(value(id)) === null; });
  element("b-wrong").textContent = wrong ? "Amount, minutes and weeks are numbers, with a point where needed." : "";
  if (wrong) { return null; }
  const [unit, salt] = value("b-unit").split(" "), amount = value("b-amount") + " " + unit + (salt ? " " + salt : "");
  const often = value("b-often") + (value("b-often") === "single dose" ? "" : " for " + value("b-weeks") + " weeks");
  const route = value("b-route");
  return element("b-drug").value + amount + " " + route + pace(route, value("b-over")) + ", " + often;
}
function pace(route, minutes) {
  if (route !== "intravenous") { return ""; }
  return Number(minutes) > 0 ? " over " + minutes + " min" : " bolus";
}

// changed: called when something here wrote the words.
export function wireRegimen(changed) {
  const words = element("regimen");
  words.addEventListener("input", named);
  element("named").addEventListener("change", function () {
    if (element("named").value) { words.value = element("named").value; }
    named();
    changed();
  });
  element("builder").addEventListener("input", function () {
    const made = built();
    if (made) { words.value = made; named(); changed(); }
  });
  ["vial", "vial_of"].forEach(function (id) { element(id).addEventListener("input", showRows); });
  named();
}
