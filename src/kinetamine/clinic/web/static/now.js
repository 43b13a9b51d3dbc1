// "Now" beside a time: writes what the clinic's clock says, when somebody asks for it and not before.
for (const button of document.querySelectorAll("button[data-now]")) {
  button.addEventListener("click", () => {
    const options = { timeZone: button.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", options).formatToParts(new Date()).map((one) => [one.type, one.value]));
    const field = document.getElementById(button.dataset.now);
    field.value = `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
    field.focus();
  });
}
