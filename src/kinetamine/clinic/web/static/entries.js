// From the forms of a session to entries, and back: what was typed, and what is wrong with it.
import { all, element } from "../dom.js";
import { fromWall, wall } from "./times.js";

export function newName() { return crypto.randomUUID(); }

export class WrongError extends Error {
  constructor(at, message) { super(message); this.at = at; }
}

function number(text, at) {
  const found = Number(text.replace(",", "."));
  if (!Number.isFinite(found)) { throw new WrongError(at, "A number is expected."); }
  return found;
}

const TAKE = {
  text: (content, key, text) => { content[key] = text; },
  number: (content, key, text) => { content[key] = number(text, key); },
  whole: (content, key, text) => { content[key] = number(text, key); },
  yes_no: (content, key, text) => { content[key] = text === "true"; },
  answer: (content, key, text) => { content.answers[key] = Number(text); },
  sign: (content, key, text) => { content.values[key] = number(text, key); },
  absent: (content, key, text) => { content.absent[key.replace("absent-", "")] = text; },
};

const NEEDED = new Set(["text", "number", "whole", "yes_no"]);

export function collect(box, happened, scale) {
  const content = {};
  let note = "";
  if (happened === "reading") { Object.assign(content, { values: {}, absent: {} }); }
  if (happened === "score") { Object.assign(content, { scale, recall: "now", answers: {} }); }
  for (const field of all("[data-key]", box)) {
    const text = field.value.trim();
    if (!text && NEEDED.has(field.dataset.kind)) { throw new WrongError(field.dataset.key, "An answer is expected here."); }
    if (field.dataset.kind === "note") { note = text; } else if (text !== "") { TAKE[field.dataset.kind](content, field.dataset.key, text); }
  }
  if (happened === "reading" && Object.keys(content.values).length + Object.keys(content.absent).length === 0) {
    throw new WrongError("values", "Nothing was typed: a value, or why there is none.");
  }
  if (happened === "score" && Object.keys(content.answers).length === 0) { throw new WrongError("", "No answer was given."); }
  if (["paused", "stopped"].includes(happened) && !note) { throw new WrongError("reason", "A reason is expected."); }
  return { content, note };
}

export function fill(box, content, note) {
  const flat = { ...content, ...(content.values || {}), ...(content.answers || {}) };
  for (const [key, value] of Object.entries(content.absent || {})) { flat[`absent-${key}`] = value; }
  for (const field of all("[data-key]", box)) {
    const value = field.dataset.kind === "note" ? note : flat[field.dataset.key];
    field.value = value === undefined || value === null ? "" : String(value);
  }
}

export function impossible(content, ranges) {
  for (const [sign, value] of Object.entries(content.values || {})) {
    const range = ranges[sign];
    if (range && !(value >= range.low && value <= range.high)) {
      throw new WrongError(sign, `${value} cannot be: expected ${range.low} to ${range.high} ${range.unit}. Read it again, and type it again.`);
    }
  }
}

// What happened at 14:05 happened today; a time that is still to come is not taken for yesterday's.
export function when(input, zone) {
  const text = input ? input.value.trim() : "", now = new Date();
  if (!text) { return now.toISOString(); }
  const found = /^(?:(\d{4}-\d{2}-\d{2})[ T])?([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!found) { throw new WrongError("device_time", "A time by the 24-h clock is expected, such as 14:05."); }
  const day = found[1] || wall(now.toISOString(), zone).slice(0, 10);
  const there = `${day}T${found[2].padStart(2, "0")}:${found[3]}`;
  if (Number.isNaN(Date.parse(`${there}Z`))) { throw new WrongError("device_time", "There is no such day."); }
  const moment = fromWall(there, zone);
  if (Date.parse(moment) > now.getTime() + 60000) { throw new WrongError("device_time", "That is later than now; write the date, too, where it was another day."); }
  return moment;
}

export function clean(form) {
  for (const one of all(".wrong", form)) { one.textContent = ""; }
  for (const one of all("[aria-invalid]", form)) { one.removeAttribute("aria-invalid"); }
}

export function tell(form, prefix, at, message) {
  const name = at.split(".").pop();
  const place = element(`wrong-${prefix}-${name}`) || form.querySelector(".wrong.whole");
  place.textContent = message;
  const field = element(`${prefix}-${name === "device_time" ? "at" : name}`);
  if (field) {
    field.setAttribute("aria-invalid", "true");
    const closed = field.closest("details:not([open])");
    if (closed) { closed.open = true; }
    field.focus();
  }
}
