// Correcting an entry: the form of its kind, filled with what it says; the original stays, and the reason is asked. It
// goes with the name of what was seen, so that whoever corrected the same entry meanwhile is not written over.
import { all, element } from "../dom.js";
import { WrongError, clean, collect, fill, newName, tell, when } from "./entries.js";
import { clock, typed } from "./times.js";

export class Correction {
  constructor(zone, send) {
    this.zone = zone;
    this.send = send;
    this.entry = null;
    this.box = element("correct");
    this.form = element("correction");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(event.submitter && event.submitter.value === "error"); });
    element("correct-close").addEventListener("click", () => this.close());
  }

  open(entry) {
    this.entry = entry;
    clean(this.form);
    this.form.reset();
    const fields = this.form.querySelector(".fields");
    const scale = entry.content && entry.content.scale ? `[data-scale="${entry.content.scale}"]` : "";
    const source = entry.kind === "entry" ? document.querySelector(`form.entry[data-happened="${entry.happened}"]${scale} .fields`) : null;
    fields.replaceChildren(...(source ? Array.from(source.cloneNode(true).children) : []));
    const owner = source ? source.closest("form").id : "";
    for (const one of all("[id], [for], [aria-describedby]", fields)) {
      for (const name of ["id", "for", "aria-describedby"]) {
        if (one.hasAttribute(name)) { one.setAttribute(name, one.getAttribute(name).replaceAll(`${owner}-`, "correction-")); }
      }
      one.removeAttribute("aria-invalid");
    }
    if (source) { fill(fields, entry.content, entry.note); }
    this.form.querySelector('[value="correct"]').hidden = entry.kind !== "entry";
    this.form.querySelector(".when").hidden = entry.kind !== "entry";
    element("correction-at").value = this.shownAt();
    element("correct-original").textContent = `${clock(entry.at, this.zone)}: ${entry.words}, by ${entry.by}`;
    this.box.hidden = false;
    this.box.scrollIntoView({ block: "nearest" });
    this.box.focus();
  }

  shownAt() { return typed(this.entry.at, this.zone); }

  close() {
    this.box.hidden = true;
    this.entry = null;
    element("t-timeline").setAttribute("tabindex", "-1");
    element("t-timeline").focus();
  }

  submit(error) {
    clean(this.form);
    const { entry } = this;
    try {
      const why = element("correction-why").value.trim();
      if (!why) { throw new WrongError("why", "The reason is expected, in words."); }
      const told = error ? { content: {}, note: "" } : collect(this.form.querySelector(".fields"), entry.happened, entry.content.scale);
      const moved = element("correction-at").value.trim() !== this.shownAt();
      const at = error ? new Date().toISOString() : moved ? when(element("correction-at"), this.zone) : entry.at;
      this.send({ client_id: newName(), device_time: at, happened: error ? "entered in error" : entry.happened, ...told, corrects: entry.newest || entry.name, why });
      this.close();
    } catch (wrong) {
      if (!(wrong instanceof WrongError)) { throw wrong; }
      tell(this.form, "correction", wrong.at, wrong.message);
    }
  }
}
