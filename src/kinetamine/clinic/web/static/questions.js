/* Questionnaires: questions that a no makes needless are put away, and the time can be taken from the clock. */
const form = document.querySelector("form.form-wide");

function follows(question) {
  const before = form.querySelector(`input[name="${question.dataset.after}"]:checked`);
  // Only a no puts a question away: one that was left out says nothing about it.
  question.hidden = question.disabled = before !== null && before.value === "0";
}

const dependent = [...form.querySelectorAll("[data-after]")];
const settle = () => dependent.forEach(follows);
form.addEventListener("change", settle);
addEventListener("pageshow", settle);
settle();

const now = document.getElementById("now");
if (now) {
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
