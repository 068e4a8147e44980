/** Run in the page: axe-core's violations that are serious or worse. */
export async function seriousViolations(): Promise<string[]> {
  const { violations } = await Reflect.get(globalThis, "axe").run({ resultTypes: ["violations"] });
  return violations
    .filter(({ impact }: { impact: string }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      `${id}: ${nodes.map(({ html }) => html).join(" ")}`
    );
}
