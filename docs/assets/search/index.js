// What is asked of the search index, and what it answers: Pagefind’s words, and what every page tells beside them.

const directions = { newest: -1, oldest: 1 };

export const facets = ["year", "kind", "topic", "actor", "certainty"];
const changing = ["actor", "certainty"]; // the index holds them as they stand now

// The facets that can be asked for: on an earlier day only those that never change.
export const facetsOn = (day) => facets.filter((facet) => !day || !changing.includes(facet));

let index = null;
let tries = 0;

// Gives Pagefind and the number of pages for every value of every facet. Rejects when the index cannot be read; that is
// forgotten, so that one can try again.
export function openIndex() {
  index ??= readIndex().catch((error) => {
    index = null;
    throw error;
  });
  return index;
}

async function readIndex() {
  const address = new URL("../../pagefind/pagefind.js", import.meta.url);
  // Many browsers remember that a module failed to load, so a further try needs a further address.
  if (tries++ > 0) address.searchParams.set("try", tries);
  const [totals, module] = await Promise.all([read("totals"), import(address.href)]);
  return { totals, pagefind: module.createInstance() };
}

// What the pages tell beside their words is a file for each facet, fetched when it is first asked for.
const files = {};

function read(name) {
  files[name] ??= fetchFile(name).catch((error) => {
    delete files[name];
    throw error;
  });
  return files[name];
}

async function fetchFile(name) {
  const answer = await fetch(new URL(`../../pagefind/${name}.json`, import.meta.url), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
}

// Gives a function that tells the values of a page in one of the facets named. The id of a page begins with its place.
async function readFacts(names) {
  const facts = await Promise.all(names.map((name) => read(`facts/${name}`)));
  const factsOf = new Map(names.map((name, number) => [name, facts[number]]));
  return (name, id) => {
    const [values, ofPages] = factsOf.get(name);
    return ofPages[parseInt(id, 16)].map((number) => values[number]);
  };
}

// Gives a function that tells the rank of a page in an order; those without a date come last. Relevance has no ranks.
async function readRanks(order) {
  if (!(order in directions)) return null;
  const ranks = await read("orders/date");
  return (id) => (ranks[parseInt(id, 16)] ?? Infinity * directions[order]) * directions[order];
}

// Takes words, an order (relevance, newest, oldest), for each facet in use the values chosen, a day or nothing, and the
// facets to count: with a day, only events that were public at its end are found. Gives the results in that order, how
// many of them are events and, for every value of these facets, how many results it would leave. Rejects as `openIndex`.
//
// Pagefind only finds the words. To choose, to count and to order is done here: it takes Pagefind longer, the more it
// finds, and the dates of all pages need not be fetched for a search by relevance.
export async function ask({ words, order, chosen, known, counted }) {
  const { pagefind } = await openIndex();
  const names = new Set([...Object.keys(chosen), ...counted, "page", ...(known ? ["known"] : [])]);
  const [found, valuesOf, rankOf] = await Promise.all([
    pagefind.search(words || null),
    readFacts([...names]),
    readRanks(order),
  ]);
  const { results, counts } = select(found.results, valuesOf, { chosen, known, counted });
  if (rankOf) results.sort((one, other) => rankOf(one.id) - rankOf(other.id));
  const events = results.filter(({ id }) => valuesOf("page", id).length === 0).length; // other pages say what they are
  return { results, events, counts };
}

function select(found, valuesOf, { chosen, known, counted }) {
  const tests = Object.entries(chosen).map(([facet, values]) => [facet, (value) => values.includes(value)]);
  if (known) tests.push(["known", (day) => day <= known]);
  const counts = Object.fromEntries(counted.map((facet) => [facet, {}]));
  const results = [];
  for (const result of found) {
    const failed = tests.filter(([facet, fits]) => !valuesOf(facet, result.id).some(fits)).map(([facet]) => facet);
    if (failed.length === 0) results.push(result);
    // The values of one facet are alternatives: they are counted as if none of that facet were chosen.
    for (const facet of counted.filter((name) => failed.every((other) => other === name))) {
      for (const value of valuesOf(facet, result.id)) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
    }
  }
  return { results, counts };
}
