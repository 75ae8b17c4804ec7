// What is asked of the Pagefind index, and what it answers.

const sortings = { relevance: {}, newest: { date: "desc" }, oldest: { date: "asc" } };

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
  const [totals, module] = await Promise.all([fetch(new URL("totals.json", address)), import(address.href)]);
  return { totals: await totals.json(), pagefind: module.createInstance() };
}

// Takes words, an order (relevance, newest, oldest), for each facet in use the values chosen, a day or nothing, and the
// facets to count: with a day, only events that were public at its end are found. Gives the results in that order, how
// many of them are events and, for every value of these facets, how many results it would leave. Rejects as `openIndex`.
export async function ask({ words, order, chosen, known, counted }) {
  const { pagefind } = await openIndex();
  const isPublic = known ? allow({ known: await daysUntil(known) }) : {};
  const toCount = { none: [...counted, "page"].map((name) => ({ [name]: "–" })) }; // Pagefind counts what is named
  const search = (choices) =>
    pagefind.search(words || null, { filters: { ...allow(choices), ...isPublic, ...toCount }, sort: sortings[order] });
  const [{ results, filters }, ...recounts] = await Promise.all([
    search(chosen),
    // The values of one facet are alternatives: they are counted as if none of that facet were chosen.
    ...Object.keys(chosen).map(async (facet) => {
      const { [facet]: _, ...others } = chosen;
      return { [facet]: (await search(others)).filters[facet] };
    }),
  ]);
  const events = results.length - countOtherPages(filters, order);
  const counts = Object.assign({}, filters, ...recounts);
  return { results, events, counts: Object.fromEntries(counted.map((facet) => [facet, counts[facet]])) };
}

// Every event tells the index the day on which it became public. A search that nothing fits tells all of these days.
async function daysUntil(day) {
  const { pagefind } = await openIndex();
  const { filters } = await pagefind.search(null, { filters: { known: "–" } });
  const days = Object.keys(filters.known ?? {}).filter((other) => other <= day);
  return days.length ? days : ["none"];
}

function allow(chosen) {
  return Object.fromEntries(Object.entries(chosen).map(([facet, values]) => [facet, { any: values }]));
}

// Only pages that are no events say what they are. They have no date, so an order by date leaves them out.
function countOtherPages({ page = {} }, order) {
  return order === "relevance" ? Object.values(page).reduce((sum, number) => sum + number, 0) : 0;
}
