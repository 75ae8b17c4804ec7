// The marks of the drawing, and what each says: how its event is regarded, whether it is selected, and where it leads.

// Reads the marks once. A mark knows what it should say; `writeMark` lets it say so, which can wait until it is seen.
export function findMarks(plane) {
  return [...plane.querySelectorAll(".mark")].map((element) => {
    const [href, name] = ["href", "aria-label"].map((attribute) => element.getAttribute(attribute));
    const [, slug] = href.match(/events\/([^/]+)\//);
    const [, word] = element.getAttribute("class").match(/mark--(\w+)/);
    const end = name.lastIndexOf(". ") + 2; // the rest is how the event is regarded
    return { element, href, slug, name: name.slice(0, end), regarded: { word, name: name.slice(end) }, isOut: false, day: "" };
  });
}

// Takes what `timeline:selection` tells: marks that are not selected are out, and an event not yet public is not regarded.
export function followSelection(marks, { slugs, state, regardedAs }) {
  const selected = new Set(slugs);
  for (const mark of marks) {
    mark.regarded = regardedAs(mark.slug);
    mark.isOut = !selected.has(mark.slug);
    mark.day = state.known;
  }
}

export function writeMark({ element, href, name, regarded, isOut, day }) {
  element.toggleAttribute("hidden", !regarded);
  if (!regarded) return;
  write(element, "class", `mark mark--${regarded.word}${isOut ? " mark--out" : ""}`);
  write(element, "aria-label", name + regarded.name);
  write(element, "href", day ? `${href}?known=${day}` : href);
}

function write(element, attribute, text) {
  if (element.getAttribute(attribute) !== text) element.setAttribute(attribute, text);
}
