import { keepChoice, keptChoice } from "./kept_choice.ts";

/** Where the browser keeps the theme that the reader has chosen. */
const KEY = "regsweep-theme";

/** Shows the theme that the reader has chosen; the system's if none. */
export function showKeptTheme(): void {
  showTheme(keptChoice(KEY));
}

/** Lets the reader choose the theme, for all reports that the browser takes for one site. */
export function listenForTheme(): void {
  const choice = document.querySelector<HTMLSelectElement>(".theme select");
  if (!choice) return;
  choice.value = document.documentElement.dataset.theme ?? "system";
  choice.addEventListener("change", () => {
    showTheme(choice.value);
    keepChoice(KEY, choice.value);
  });
}

function showTheme(theme: string | null): void {
  const { dataset } = document.documentElement;
  if (theme === "light" || theme === "dark") dataset.theme = theme;
  else delete dataset.theme;
}
