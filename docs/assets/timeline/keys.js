// Keys on the timeline: `j` to the next event that is shown, `k` to the one before; Enter opens it, as on any link.

const below = 140; // what the header and the bar of years may cover, in CSS pixels

export function listenForKeys(list) {
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const links = [...list.cards.values()].filter(({ isShown }) => isShown).map(({ link }) => link);
    goTo(links, step)?.focus();
  });
}

function goTo(links, step) {
  const place = links.indexOf(document.activeElement?.closest?.(".event")?.querySelector(".event-title a"));
  if (place >= 0) return links[place + step];
  const next = findNext(links);
  return links[step > 0 ? next : next - 1];
}

// The first event below the top of the window; links stand in the order of the page, so halving finds it.
function findNext(links) {
  let low = 0;
  let high = links.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (links[middle].getBoundingClientRect().top < below) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isTyping(target) {
  return target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
}
