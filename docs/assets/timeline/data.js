// What holds of every event on a day, and which events a reader's choices leave. Nothing here touches the page.

import { facets } from "./state.js";

const marks = /\p{M}/gu;
const dense = /[\u1100-\u11ff\u3040-\u9fff]/; // scripts in which a word may begin within another

export const fold = (text) => text.toLowerCase().normalize("NFD").replace(marks, "");
const wordsIn = (text) => fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [];

// Fetches what the build wrote beside the timeline. Rejects when it cannot be read.
export async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// Takes the parsed file. In it a day is its place among `days`, a name its place among the names of its facet.
export function makeIndex(told) {
  const events = new Map(Object.entries(told.events));
  const numberOf = {};
  for (const facet of facets) numberOf[facet] = new Map(told.names[facet].map((slug, number) => [slug, number]));
  const regards = told.names.certainty.map((word, number) => ({ word, name: told.certainties[number] }));
  return { ...told, events, numberOf, regards };
}

// The words and the sentences of the events are a file of their own; a view that was made without them does no more.
export function addTexts({ events }, texts) {
  for (const [slug, event] of events) Object.assign(event, texts[slug], { now: null });
}

export const needsTexts = ({ words, known }) => Boolean(words || known);

// How many of the days are `day` or before: what is in force on that day has a lower place. No day stands for now.
export function rankOf({ days }, day) {
  if (!day) return Infinity;
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

// What is known of an event on the day of that rank; null when the event itself is not.
export function viewOf(event, rank) {
  if (event.known >= rank) return null;
  if (rank === Infinity && event.now) return event.now;
  const known = (dated = []) => rank === Infinity ? dated : dated.filter(([day]) => day < rank);
  const sources = known(event.sources);
  const view = {
    topic: event.topic ?? [],
    place: event.place ?? [],
    kind: event.kind,
    actor: unique(known(event.actor).map(([, actor]) => actor)),
    certainty: [holding(event.certainty, rank)],
    source: unique(sources.map(([, type]) => type)),
    sources: sources.length,
    origins: unique(sources.flatMap((source) => source.slice(2))).sort((one, other) => one - other),
    answers: known(event.answers),
    sentence: event.sentences && holding(event.sentences, rank),
  };
  if (rank === Infinity) event.now = view;
  return view;
}

const unique = (numbers) => [...new Set(numbers)];

function holding(steps, rank) {
  return steps.findLast(([day]) => day < rank)?.[1] ?? steps[0][1];
}

// The events that a state leaves, in their order, how many are known on its day, how each of these is regarded, and for
// every choice of every facet how many events it would leave; the choices of one facet are counted as if none of that
// facet were made.
export function select(index, state) {
  const rank = rankOf(index, state.known);
  const tests = makeTests(index, state);
  const isMeant = makeMeaning(index, state, rank);
  const counts = { origins: {} };
  for (const facet of facets) counts[facet] = new Uint32Array(index.names[facet].length);
  const slugs = [];
  const regarded = new Map();
  for (const [slug, event] of index.events) {
    const view = viewOf(event, rank);
    if (!view) continue;
    regarded.set(slug, view.certainty[0]);
    if (!isMeant(event, view)) continue;
    const failed = tests.filter(([, passes]) => !passes(view)).map(([facet]) => facet);
    if (failed.length === 0) {
      slugs.push(slug);
      for (const facet of facets) add(counts, facet, view);
      add(counts, "origins", view);
    } else if (failed.length === 1) {
      add(counts, failed[0], view);
    }
  }
  return { slugs, known: regarded.size, regarded, counts, rank };
}

function add(counts, facet, view) {
  if (facet !== "origins") {
    for (const number of view[facet]) counts[facet][number] += 1;
    return;
  }
  const { length } = view.origins;
  if (length === 1) counts.origins["1"] = (counts.origins["1"] ?? 0) + 1;
  for (let least = 2; least <= length; least++) counts.origins[`${least}+`] = (counts.origins[`${least}+`] ?? 0) + 1;
}

function makeTests({ numberOf }, state) {
  const tests = facets.filter((facet) => state[facet].length > 0).map((facet) => {
    const wanted = new Set(state[facet].map((slug) => numberOf[facet].get(slug)));
    return [facet, (view) => view[facet].some((number) => wanted.has(number))];
  });
  const number = Number.parseInt(state.origins, 10);
  if (state.origins.endsWith("+")) tests.push(["origins", ({ origins }) => origins.length >= number]);
  else if (state.origins) tests.push(["origins", ({ origins }) => origins.length === number]);
  return tests;
}

// The dates and the words, which have no choices to count.
function makeMeaning(index, state, rank) {
  const [first, last] = [lowerBound(index, state.from), state.to ? rankOf(index, state.to) - 1 : Infinity];
  const words = wordsIn(state.words).map((word) => makeWord(index, word));
  return (event, view) =>
    (!state.from && !state.to || event.when.some(([from, to]) => (from ?? -1) <= last && (to ?? Infinity) >= first)) &&
    words.every((isSaid) => isSaid(event, view, rank));
}

// The place of the first day that is `day` or after it.
function lowerBound(index, day) {
  if (!day) return -1;
  const rank = rankOf(index, day);
  return index.days[rank - 1] === day ? rank - 1 : rank;
}

// A word is found at the start of a word of the event, or of any name of its actors and places.
function makeWord({ spellings }, word) {
  const sought = dense.test(word) ? word : ` ${word}`;
  const [actors, places] = ["actor", "place"].map((register) =>
    new Set(spellings[register].flatMap((names, number) => names.includes(sought) ? [number] : [])));
  return (event, view, rank) =>
    event.words.some(([day, words]) => day < rank && words.includes(sought)) ||
    view.actor.some((actor) => actors.has(actor)) ||
    view.place.some((place) => places.has(place));
}

// What became known after the day `since` up to the day `known`, and which events came to be regarded otherwise.
export function changesBetween(index, since, known, slugs) {
  const [before, after] = [rankOf(index, since), rankOf(index, known)];
  const changes = { becameKnown: [], changed: [] };
  for (const slug of slugs) {
    const event = index.events.get(slug);
    const [then, now] = [viewOf(event, before), viewOf(event, after)];
    if (!now) continue;
    if (!then) changes.becameKnown.push(slug);
    else {
      const answers = now.answers.filter((answer) => !then.answers.includes(answer));
      const [[was], [is]] = [then.certainty, now.certainty];
      if (was !== is || answers.length) changes.changed.push({ slug, before: was, after: is, answers });
    }
  }
  return changes;
}
