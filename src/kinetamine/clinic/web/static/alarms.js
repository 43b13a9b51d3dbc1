// Alarms on the screen: a word, a shape, a ground and a sound, so that none of them must be relied on alone.
import { make } from "../dom.js";

const SHAPES = { high: "M12 1 23 22H1Z", medium: "M12 1 23 12 12 23 1 12Z", low: "M12 2a10 10 0 1 0 .01 0Z" };

export function shape(priority) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "shape");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[priority]);
  svg.append(path);
  return svg;
}

export function card(alarm, since) {
  const answered = alarm.unanswered.length === 0;
  const found = make("div", { className: `alarm ${answered ? "answered" : alarm.priority}` });
  found.dataset.name = alarm.name;
  const words = make("p", {});
  words.append(make("b", { textContent: alarm.priority.toUpperCase() }), ` ${alarm.text} · last ${alarm.value} ${alarm.unit}`);
  const more = [since ? `since ${since}` : "", answered ? "seen, and still so" : "", alarm.called.length ? `to be called: ${alarm.called.join(", ")}` : ""];
  if (!answered && !alarm.sounds) { more.push("silent for now"); }
  words.append(make("br", {}), more.filter(Boolean).join(" · "));
  found.append(shape(alarm.priority), words);
  return found;
}

// What a browser can see for itself while the server cannot be asked: limits on one value, not those on a rise.
export function judgedHere(entries, limits, before) {
  const found = [];
  for (const limit of limits) {
    for (const entry of entries) {
      const value = entry.happened === "reading" ? (entry.content.values || {})[limit.sign]
        : entry.happened === "score" && entry.content.scale === limit.sign ? entry.content.answers.response : undefined;
      if (value === undefined) { continue; }
      const rise = limit.side.startsWith("rise");
      const crossed = rise ? before[limit.sign] !== undefined && value - before[limit.sign] >= limit.value
        : limit.side === "at least" ? value >= limit.value : value <= limit.value;
      if (crossed) { found.push({ name: `here-${limit.name}`, text: limit.text, priority: limit.priority, value, unit: "", unanswered: ["here"], called: [], sounds: true, here: true }); }
    }
  }
  return found;
}
