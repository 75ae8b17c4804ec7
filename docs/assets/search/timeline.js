// The search and the timeline as one: a search can be opened as a filtered timeline, and both keep to the same day.

import { isDay, sayDay } from "../timeline/state.js";
import { make } from "./parts.js";

export const timeline = new URL("../../timeline/", import.meta.url).href;

// The day as known on which the page is shown, from its address; empty for now.
export function dayShown() {
  const day = new URLSearchParams(window.location.search).get("known") ?? "";
  return isDay(day) ? day : "";
}

// “ known on 1 March 2025”, or nothing.
export const sayDayShown = () => dayShown() && ` known on ${sayDay(dayShown())}`;

// What is said below results of an earlier day.
export const limit = "These were public by that day. But the words are sought in the texts as they stand now, so something "
  + "may be found by what became known of it later; the filtered timeline seeks only in what was known that day.";

export const makeTimelineLink = () =>
  make("a", { class: "search-as-timeline", href: timeline, hidden: "" }, "Show as filtered timeline");

// The timeline knows choices by their names, and years as a stretch of time.
export function pointToTimeline(link, { words, chosen, known }) {
  const address = new URL(timeline);
  const { year = [], ...others } = chosen;
  if (words) address.searchParams.set("words", words);
  for (const [facet, values] of Object.entries(others)) for (const value of values) address.searchParams.append(facet, value);
  const years = year.toSorted();
  if (years.length) address.searchParams.set("from", years.at(0));
  if (years.length) address.searchParams.set("to", years.at(-1));
  if (known) address.searchParams.set("known", known);
  link.href = address.href;
}
