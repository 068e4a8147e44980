/** A line for a terminal, with what sets it apart where there is one. */
export interface StyledLine {
  readonly text: string;
  /** True: it matters less than the others. */
  readonly isDim?: boolean;
  /** The beginning of the text that stands out, and its colour: that of text if not given. */
  readonly marked?: { readonly text: string; readonly colour?: Colour };
  /** The URL that all of it leads to. */
  readonly href?: string;
}

/** Colours that can be read on light and dark ground, by their numbers in ANSI's sequences. */
const COLOURS = { green: 32, red: 31 } as const;
export type Colour = keyof typeof COLOURS;

export interface StyleOptions {
  /** Whether to colour, dim and embolden. */
  readonly colours: boolean;
  /** Whether links can be followed: the terminal shows text alone if it cannot. */
  readonly links: boolean;
}

/**
 * A line with the sequences that a terminal understands: links as in OSC 8.
 *
 * @param line Its texts have no control characters.
 */
export function styled(
  { text, isDim, marked, href }: StyledLine,
  { colours, links }: StyleOptions,
): string {
  const shown = !colours
    ? text
    : isDim
    ? `\x1b[2m${text}\x1b[22m`
    : marked && text.startsWith(marked.text)
    ? embolden(marked.text, marked.colour) + text.slice(marked.text.length)
    : text;
  return links && href !== undefined ? `\x1b]8;;${href}\x1b\\${shown}\x1b]8;;\x1b\\` : shown;
}

function embolden(text: string, colour: Colour | undefined): string {
  const bold = `\x1b[1m${text}\x1b[22m`;
  return colour === undefined ? bold : `\x1b[${COLOURS[colour]}m${bold}\x1b[39m`;
}
