/** Serves one page and modules that are bundled from TypeScript, on this machine only. */
export async function servePage(entrypoints: Readonly<Record<string, string>>) {
  const modules = new Map<string, Blob>();
  for (const [path, entrypoint] of Object.entries(entrypoints)) {
    const { outputs } = await Bun.build({ entrypoints: [entrypoint], target: "browser", format: "esm" });
    const [bundle] = outputs;
    if (bundle !== undefined) modules.set(path, bundle);
  }
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      const module = modules.get(pathname);
      if (module !== undefined) return new Response(module, { headers: { "content-type": "text/javascript" } });
      if (pathname !== "/") return new Response(null, { status: 404 });
      const page = `<!doctype html><title>Test</title><script type="module" src="/page.js"></script>`;
      return new Response(page, { headers: { "content-type": "text/html" } });
    },
  });
  return { address: server.url.origin, stop: () => server.stop(true) };
}
