// Words of a trial or a label into the first phase, where the physician reads and changes them.
for (const button of document.querySelectorAll("button[data-words]")) {
  button.addEventListener("click", () => {
    const words = document.getElementById("words_1");
    words.value = button.dataset.words;
    words.focus();
  });
}
document.getElementById("shown")?.scrollIntoView();
