// The timeline’s filters and its day. The list is what the build made; what a reader chooses stands in the address.
//
// What the browser must know of the events is fetched when somebody first touches a filter, or with an address that
// holds a choice. Others on the page may ask for a stretch of time by the event `timeline:stretch` (`{ from, to }`)
// and hear of every selection by `timeline:selection` (`{ slugs, state, regardedAs }`), both on the document.

import { showChanges } from "./changes.js";
import { addTexts, load, makeIndex, needsTexts, select } from "./data.js";
import { closeOnLeaving, fillForm, readForm, showCounts, showState } from "./form.js";
import { listenForKeys } from "./keys.js";
import { readList, showDay, showSelection } from "./list.js";
import { count, countChosen, readState, sayDay, sayNumber, writeState } from "./state.js";

const form = document.querySelector(".filters");
const result = form.querySelector(".filters-result");
const number = document.querySelector(".timeline-number"); // at the head of the page, which a link to a selection opens at
const section = document.querySelector(".changes");
const list = readList(document);

let loading = null;
let loadingTexts = null;
let index = null; // once it is there, choices answer without a moment’s wait
let asked = null; // the state to be shown: one that was asked for before it, and has to wait for longer, is passed over
let selection = null;
let session = null; // the field that is being changed: its steps are one step for “back”

const fetchBeside = (name) => load(new URL(form.dataset[name], document.baseURI));

function loadEvents() {
  loading ??= fetchBeside("events").then((told) => {
    index = makeIndex(told);
    select(index, readState("")); // the first look at every event takes longest: while a reader is still choosing
  }).catch((error) => {
    loading = null;
    sayTrouble(error);
  });
  return loading;
}

// Words and sentences weigh more than all the rest; they are fetched for a search by words, and for an earlier day.
function loadTexts() {
  loadingTexts ??= Promise.all([fetchBeside("texts"), loadEvents()]).then(([texts]) => addTexts(index, texts)).catch((error) => {
    loadingTexts = null;
    sayTrouble(error);
  });
  return loadingTexts;
}

function sayTrouble(error) {
  result.textContent = "The filters could not be loaded. Reload the page.";
  throw error;
}

async function show(state) {
  asked = state;
  if (!index) await loadEvents();
  if (needsTexts(state)) await loadTexts();
  if (asked !== state) return;
  selection = select(index, state);
  showDay(list, index, selection, state.known);
  showSelection(list, selection);
  showCounts(form, index, selection.counts);
  showState(form, index, state);
  showChanges(section, index, list, state, selection.slugs);
  result.textContent = sayResult(state);
  number.textContent = sayNumberOf(state);
  number.classList.toggle("is-chosen", countChosen(state) > 0);
  document.dispatchEvent(new CustomEvent("timeline:selection", { detail: { slugs: selection.slugs, state, regardedAs } }));
}

// How an event was regarded on the day that is shown; null when it was not yet public.
function regardedAs(slug) {
  return index.regards[selection.regarded.get(slug)] ?? null;
}

const isNarrowed = (state) => countChosen({ ...state, known: "", since: "" }) > 0;

// “17 of 48 events known on 1 February 2025”.
function sayNumberOf(state) {
  const { slugs, known } = selection;
  const all = count(known, "event") + (state.known ? ` known on ${sayDay(state.known)}` : "");
  return isNarrowed(state) ? `${slugs.length ? sayNumber(slugs.length) : "None"} of ${all}` : all;
}

function sayResult(state) {
  const isNone = isNarrowed(state) && !selection.slugs.length;
  return sayNumberOf(state) + (isNone ? " fits every choice. Take one of them away." : "");
}

// Shows a state and writes it into the address, as a new step or, while one field is being changed, in place of the last.
async function choose(state, field = null) {
  const query = writeState(state, location.search);
  const isSame = query === location.search;
  const address = location.pathname + query + location.hash;
  if (!isSame) history[field && field === session ? "replaceState" : "pushState"](null, "", address);
  session = field;
  await show(state);
}

const fields = ["search", "range", "date"];

form.addEventListener("input", async ({ target }) => {
  if (!index) await loadEvents();
  choose(readForm(form, index, target), fields.includes(target.type) ? target.name : null);
});
form.addEventListener("change", () => (session = fields.includes(document.activeElement?.type) ? session : null));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  [...list.cards.values()].find(({ isShown }) => isShown)?.link.focus();
});
for (const touch of ["focusin", "pointerover"]) form.addEventListener(touch, () => loadEvents().catch(() => {}), { once: true });
for (const name of ["words", "day", "known"]) {
  form.elements[name].addEventListener("focus", () => loadTexts().catch(() => {}), { once: true });
}

form.addEventListener("click", async ({ target }) => {
  const action = target.closest("[data-action]")?.dataset.action;
  if (!action) return;
  await loadEvents();
  await actions[action]();
});

const actions = {
  async clear() {
    const state = readState("");
    fillForm(form, index, state);
    form.elements.words.focus(); // before the list changes, or the browser must lay it out twice
    await choose(state);
  },
  async now() {
    const state = { ...readForm(form, index), known: "", since: "" };
    fillForm(form, index, state);
    form.elements.known.focus();
    await choose(state);
  },
  search() {
    document.dispatchEvent(new CustomEvent("search:open", { detail: form.elements.words.value }));
  },
  async print() {
    const state = readForm(form, index);
    await show(state);
    const say = (words) => asked === state && (result.textContent = words);
    try {
      const dossier = await gather(state, say);
      if (!dossier || asked !== state) return; // another choice makes it untrue
      document.body.append(dossier);
      document.body.classList.add("has-dossier");
      say(sayResult(state));
      window.print();
    } catch {
      say("The dossier could not be gathered. Check the connection, and try again.");
    }
  },
};

// Gives the dossier of what is shown; nothing where that is too little or too much. What it takes is told to `say`.
async function gather(state, say) {
  const { makeDossier, most } = await import("./dossier.js");
  const cards = [...list.cards.values()].filter(({ isShown }) => isShown);
  if (cards.length > most) say(`A dossier holds at most ${most} events. Narrow the selection down.`);
  if (cards.length === 0 || cards.length > most) return null;
  const tell = (done) => say(`Gathering ${done} of ${count(cards.length, "event")} with their sources…`);
  return makeDossier(cards, document.querySelector("h1").textContent, sayResult(state), state.known, tell);
}

function dropDossier() {
  document.querySelector(".dossier")?.remove();
  document.body.classList.remove("has-dossier");
}

// Another selection makes a dossier untrue.
document.addEventListener("timeline:selection", dropDossier);

document.addEventListener("timeline:stretch", async ({ detail: { from = "", to = "" } }) => {
  await loadEvents();
  const state = { ...readForm(form, index), from, to };
  fillForm(form, index, state);
  choose(state, "stretch");
});

async function showAddress() {
  session = null;
  const said = readState(location.search);
  if (!index && countChosen(said) === 0) return;
  await loadEvents();
  const state = fillForm(form, index, said);
  await show(state);
}

window.addEventListener("popstate", showAddress);
closeOnLeaving(form);
listenForKeys(list);
form.classList.add("is-ready");
showAddress().catch(() => {});
