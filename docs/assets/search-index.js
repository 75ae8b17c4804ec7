// What is asked of the Pagefind index, and what it answers.

const sortings = { relevance: {}, newest: { date: "desc" }, oldest: { date: "asc" } };

export const facets = ["year", "kind", "topic", "actor", "certainty"];

let index = null;
let tries = 0;

// Gives Pagefind and the number of pages for every value of every facet. Rejects when the index cannot be
// read; that is forgotten, so that one can try again.
export function openIndex() {
  index ??= readIndex().catch((error) => {
    index = null;
    throw error;
  });
  return index;
}

async function readIndex() {
  const address = new URL("../pagefind/pagefind.js", import.meta.url);
  // Many browsers remember that a module failed to load, so a further try needs a further address.
  if (tries++ > 0) address.searchParams.set("try", tries);
  const pagefind = (await import(address.href)).createInstance();
  return { pagefind, totals: await pagefind.filters() };
}

// Takes words, an order (relevance, newest, oldest) and, for each facet in use, the values chosen. Gives the
// results in that order, how many of them are events and, for every value of every facet, how many results it
// would leave. Rejects as `openIndex` does.
export async function ask({ words, order, chosen }) {
  const { pagefind } = await openIndex();
  const search = (choices) =>
    pagefind.search(words || null, { filters: allow(choices), sort: sortings[order] });
  const [{ results, filters }, ...recounts] = await Promise.all([
    search(chosen),
    // The values of one facet are alternatives: they are counted as if none of that facet were chosen.
    ...Object.keys(chosen).map(async (facet) => {
      const { [facet]: _, ...others } = chosen;
      return { [facet]: (await search(others)).filters[facet] };
    }),
  ]);
  const events = results.length - countOtherPages(filters, order);
  return { results, events, counts: Object.assign({}, filters, ...recounts) };
}

function allow(chosen) {
  return Object.fromEntries(Object.entries(chosen).map(([facet, values]) => [facet, { any: values }]));
}

// Only pages that are no events say what they are. They have no date, so an order by date leaves them out.
function countOtherPages({ page = {} }, order) {
  return order === "relevance" ? Object.values(page).reduce((sum, number) => sum + number, 0) : 0;
}
