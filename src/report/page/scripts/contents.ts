/** Marks the section that the reader is at in the list of contents, and closes its menu after a choice. */
export function listenForSections(): void {
  const list = document.getElementById("contents-list");
  const links = new Map<string, HTMLAnchorElement>();
  for (const link of list?.querySelectorAll("a") ?? []) {
    links.set(link.hash.slice(1), link);
    link.addEventListener("click", () => {
      if (list?.matches(":popover-open")) list.hidePopover();
    });
  }
  // The line that a section crosses when it is being read.
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) markCurrent(links, target.id);
    }
  }, { rootMargin: "-25% 0px -75% 0px" });
  for (const section of document.querySelectorAll("main > section[id]")) observer.observe(section);
}

function markCurrent(links: ReadonlyMap<string, HTMLAnchorElement>, id: string): void {
  for (const [section, link] of links) {
    if (section === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
