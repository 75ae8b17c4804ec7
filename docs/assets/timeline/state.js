// What a reader has chosen on the timeline, and how the address says it: `?topic=losses&from=2025-01&known=2025-03-01`.

export const facets = ["topic", "actor", "place", "kind", "certainty", "source"];
const single = ["origins", "words", "from", "to", "known", "since"];

// Takes the query of an address. What it says amiss counts as not said.
export function readState(query) {
  const said = new URLSearchParams(query);
  const state = Object.fromEntries(facets.map((facet) => [facet, [...new Set(said.getAll(facet))]]));
  for (const name of single) state[name] = (said.get(name) ?? "").trim();
  if (!/^\d\+?$/.test(state.origins)) state.origins = "";
  state.from = firstDay(state.from);
  state.to = lastDay(state.to);
  for (const name of ["known", "since"]) if (!isDay(state[name])) state[name] = "";
  return state;
}

// Gives the query that says a state; what other scripts say in the `present` query is kept.
export function writeState(state, present) {
  const said = new URLSearchParams(present);
  for (const name of [...facets, ...single]) said.delete(name);
  for (const facet of facets) for (const slug of state[facet]) said.append(facet, slug);
  for (const name of single) if (state[name]) said.set(name, state[name]);
  const query = said.toString();
  return query ? `?${query}` : "";
}

export function countChosen(state) {
  const some = facets.reduce((sum, facet) => sum + state[facet].length, 0);
  return some + single.filter((name) => state[name]).length;
}

export function isDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

// A year or a month may be said as well: from its first day, or to its last.
function firstDay(text) {
  const day = text + "-01-01".slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6);
  return isDay(day) ? day : "";
}

function lastDay(text) {
  if (isDay(text)) return text;
  const [year, month] = text.split("-");
  if (!isDay(firstDay(text))) return "";
  return new Date(Date.UTC(year, month ?? 12, 0)).toISOString().slice(0, 10);
}

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

// “1 March 2025”, or “1 Mar 2025” as cards have it.
export function sayDay(day, isShort = false) {
  const [year, month, date] = day.split("-").map(Number);
  const name = months[month - 1];
  return `${date} ${isShort ? name.slice(0, 3) : name} ${year}`;
}

// “5,000”. What the browser has for this takes milliseconds to wake.
export const sayNumber = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

export const count = (number, noun) => `${sayNumber(number)} ${noun}${number === 1 ? "" : "s"}`;
