// deno-lint-ignore-file no-console
// A server that sweeps an experiment and tells every browser how far it is.
//
//     deno run --allow-read --allow-write --allow-sys=cpus --allow-net=127.0.0.1 \
//       docs/examples/progress_server.ts experiments/quick.yaml
import { readExperiment, type SweepEvent, sweepExperiment } from "@regsweep/regsweep";

const [file = "experiments/quick.yaml", reports = "reports", port = "8000"] = Deno.args;
const experiment = await readExperiment(file);
const past: SweepEvent[] = [];
const streams = new Set<ReadableStreamDefaultController<string>>();
const stop = new AbortController();

const PAGE = `<!DOCTYPE html><title>${experiment.cells.length} cells</title><ol></ol><script>
new EventSource("/events").onmessage = ({ data }) =>
  document.querySelector("ol").append(Object.assign(document.createElement("li"), { textContent: data }));
</script>`;

const lineOf = (event: SweepEvent) => `data: ${JSON.stringify(event)}\n\n`;

/** Server-sent events: those so far, and then each as it happens. */
function eventStream(): Response {
  let stream: ReadableStreamDefaultController<string>;
  const body = new ReadableStream<string>({
    start(controller) {
      stream = controller;
      for (const event of past) stream.enqueue(lineOf(event));
      streams.add(stream);
    },
    cancel: () => void streams.delete(stream),
  });
  const headers = { "content-type": "text/event-stream" };
  return new Response(body.pipeThrough(new TextEncoderStream()), { headers });
}

const onListen = ({ port }: Deno.NetAddr) => console.log(`http://127.0.0.1:${port}/`);
const address = { hostname: "127.0.0.1", port: Number(port), onListen };
const server = Deno.serve(address, ({ url }) => {
  switch (new URL(url).pathname) {
    case "/":
      return new Response(PAGE, { headers: { "content-type": "text/html" } });
    case "/events":
      return eventStream();
    case "/stop":
      stop.abort();
      return new Response("Stopped; what has finished is kept");
    default:
      return new Response("There is nothing here", { status: 404 });
  }
});

const { state, answer } = await sweepExperiment(experiment, {
  reports,
  signal: stop.signal,
  onEvent: (event) => {
    past.push(event);
    for (const stream of streams) stream.enqueue(lineOf(event));
  },
});
console.log(`${state}: ${answer?.advice ?? "no answer"}`);
for (const stream of streams) stream.close();
await server.shutdown();
