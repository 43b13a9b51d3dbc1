/* Questionnaires: questions that a no makes needless are put away, the time can be taken from the clock, and answers
   that were not sent yet outlast a sign-in that ended: in this tab alone, for the same person, for an hour. */
const HOUR_MS = 3_600_000;
const form = document.querySelector("form[data-draft]");

function dropDrafts(part) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("draft ") && key.includes(part)) sessionStorage.removeItem(key);
  }
}

function skipping() {
  const dependent = [...form.querySelectorAll("[data-after]")];
  for (const question of dependent) {
    const before = form.querySelector(`input[name="${question.dataset.after}"]:checked`);
    // Only a no puts a question away: one that was left out says nothing about it.
    question.hidden = question.disabled = before !== null && before.value === "0";
  }
}

function clock() {
  const now = document.getElementById("now");
  if (!now) return;
  now.hidden = false;
  now.addEventListener("click", () => {
    const wall = new Intl.DateTimeFormat("sv-SE", {
      timeZone: document.body.dataset.zone,
      dateStyle: "short",
      timeStyle: "short",
    });
    document.getElementById("answered_at").value = wall.format(new Date()).replace(" ", "T");
  });
}

function drafts() {
  const key = `draft ${form.dataset.draft} ${location.pathname}`;
  const fields = () => [...new FormData(form)].filter(([, value]) => value !== "");
  const isEmpty = !form.querySelector("input[type=radio]:checked:not([value=''])");
  const held = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (held && isEmpty && Date.now() - held.at < HOUR_MS) {
    for (const [name, value] of held.fields) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    const said = document.getElementById("draft");
    said.hidden = false;
    said.querySelector("button").addEventListener("click", () => {
      sessionStorage.removeItem(key);
      form.reset();
      said.hidden = true;
      skipping();
    });
  }
  form.addEventListener("input", () => {
    sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: fields() }));
  });
}

if (form) {
  drafts();
  clock();
  form.addEventListener("change", skipping);
  addEventListener("pageshow", skipping);
  skipping();
} else {
  const kept = document.querySelector("[data-kept]");
  if (kept) dropDrafts(`/forms/${kept.dataset.kept}`);
}
