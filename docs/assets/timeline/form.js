// The form over the timeline: what is chosen in it, and what it tells of every choice.

import { facets, readState, countChosen, sayDay, sayNumber } from "./state.js";
import { fold, rankOf } from "./data.js";

// Gives the state that the form shows. The slider and the field for the day say the same: `changed` tells which is right.
export function readForm(form, index, changed = null) {
  const slider = form.elements.day;
  if (changed === slider) {
    const place = index.reported[slider.valueAsNumber];
    form.elements.known.value = place === undefined ? "" : index.days[place];
  }
  const entered = new FormData(form);
  const state = readState("");
  for (const facet of facets) state[facet] = entered.getAll(facet);
  for (const name of ["origins", "words", "from", "to", "known", "since"]) state[name] = (entered.get(name) ?? "").trim();
  return state;
}

// Puts a state into the form and gives it back as the form has it: a choice may be named by its label, one that does
// not exist is kept, so that the address is answered as it stands.
export function fillForm(form, index, state) {
  const filled = { ...state };
  for (const facet of facets) {
    const boxes = [...form.querySelectorAll(`input[name=${facet}]`)];
    filled[facet] = state[facet].map((said) =>
      boxes.find((box) => box.value === said || fold(labelOf(box)) === fold(said))?.value ?? said);
    for (const box of boxes) box.checked = filled[facet].includes(box.value);
  }
  for (const box of form.querySelectorAll("input[name=origins]")) box.checked = box.value === state.origins;
  for (const name of ["words", "from", "to", "known", "since"]) form.elements[name].value = state[name];
  showState(form, index, filled);
  return filled;
}

const labelOf = (box) => box.closest("label").querySelector(".choice-label").textContent.trim();

// Tells beside each facet how much is chosen in it, sets the slider to the day, and offers what can be done now.
export function showState(form, index, state) {
  for (const facet of form.querySelectorAll(".facet")) {
    const chosen = facet.querySelectorAll("input:checked:not([value=''])").length;
    facet.querySelector(".facet-chosen").textContent = chosen ? ` · ${chosen}` : "";
    facet.classList.toggle("is-used", chosen > 0);
  }
  const total = countChosen(state);
  form.querySelector(".filters-chosen").textContent = total ? ` · ${total} chosen` : "";
  form.querySelector("[data-action=clear]").hidden = total === 0;
  form.querySelector("[data-action=search]").hidden = !state.words;
  form.querySelector("[data-action=now]").hidden = !state.known && !state.since;
  form.classList.toggle("is-of-a-day", Boolean(state.known));
  setSlider(form.elements.day, index, state.known);
}

// The slider stops at every day on which something became public; its last stop is now.
function setSlider(slider, index, known) {
  const rank = rankOf(index, known);
  const place = known ? index.reported.filter((day) => day < rank).length - 1 : index.reported.length;
  if (slider.valueAsNumber !== place) slider.value = Math.max(place, 0);
  slider.setAttribute("aria-valuetext", known ? sayDay(known) : "now");
  slider.form.querySelector(".day-shown").textContent = known ? sayDay(known) : "now";
}

// Writes beside every choice how many events it would leave, and hides it if none, unless it is in use.
export function showCounts(form, index, counts) {
  for (const choice of form.querySelectorAll(".choice")) {
    const box = choice.querySelector("input");
    const number = box.name === "origins" ? counts.origins[box.value] ?? 0
      : counts[box.name][index.numberOf[box.name].get(box.value)] ?? 0;
    if (box.value === "") continue;
    choice.querySelector(".choice-number").textContent = sayNumber(number);
    choice.hidden = number === 0 && !box.checked && box !== document.activeElement;
  }
}

// A facet’s choices lie over the list while it is open: a press elsewhere, or Escape, closes it. On a phone, the whole
// form is behind one button.
export function closeOnLeaving(form) {
  const opened = () => form.querySelector(".facet[open]");
  document.addEventListener("pointerdown", ({ target }) => {
    if (opened() && !opened().contains(target)) opened().open = false;
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && opened() && !opened().contains(relatedTarget)) opened().open = false;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened()) return;
    const facet = opened();
    facet.open = false;
    facet.querySelector("summary").focus();
  });
  const toggle = form.querySelector(".filters-toggle");
  toggle.addEventListener("click", () => {
    const isOpen = form.classList.toggle("is-open");
    toggle.setAttribute("aria-expanded", isOpen);
  });
}
