/* Beside the text: words selected in the paper fill the field for a missed task, and the sentence of the open
   card is brought into view. Without this script the words are copied by hand and the numbers are links. */

const paper = () => document.getElementById("van-ban");

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const field = document.querySelector("[data-selection]");
  const inPaper = paper()?.contains(selection.anchorNode) && paper().contains(selection.focusNode);
  if (!field || selection.isCollapsed || !inPaper) return;
  const words = selection.getRangeAt(0).cloneContents();
  for (const number of words.querySelectorAll(".ref")) number.remove();
  field.value = words.textContent.replace(/\s+/g, " ").trim();
});

function showSentence() {
  const card = document.querySelector("[data-opened]");
  const place = card && document.getElementById(card.dataset.opened);
  const box = place && paper();
  if (!box || box.scrollHeight <= box.clientHeight) return;
  box.scrollTop += place.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

document.addEventListener("htmx:afterSettle", () => {
  const card = document.querySelector("[data-opened]");
  if (!card) return;
  showSentence();
  card.scrollIntoView({ block: "nearest" });
  card.querySelector("textarea")?.focus({ preventScroll: true });
});

showSentence();
