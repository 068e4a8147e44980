/** Where the browser keeps the theme that the reader has chosen. */
const KEY = "regsweep-theme";

/** Shows the theme that the reader has chosen; the system's if none. */
export function showKeptTheme(): void {
  showTheme(keptTheme());
}

/** Lets the reader choose the theme, for all reports that the browser takes for one site. */
export function listenForTheme(): void {
  const choice = document.querySelector<HTMLSelectElement>(".theme select");
  if (!choice) return;
  choice.value = document.documentElement.dataset.theme ?? "system";
  choice.addEventListener("change", () => {
    showTheme(choice.value);
    keepTheme(choice.value);
  });
}

function showTheme(theme: string | null): void {
  const { dataset } = document.documentElement;
  if (theme === "light" || theme === "dark") dataset.theme = theme;
  else delete dataset.theme;
}

function keptTheme(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser may keep nothing for files, or for anybody.
    return null;
  }
}

function keepTheme(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Then it holds for this visit.
  }
}
