import { ServerProcess, type ServerProcessOptions } from "@parley/rig";

/** How much of what the server printed is told with a failure. */
const TOLD_CHARACTERS = 1_500;

/** Does something with a server on a folder, and stops the server. A failure says what the server printed last. */
export async function onServer<Result>(
  folder: string,
  options: ServerProcessOptions,
  use: (server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const server = await ServerProcess.start(folder, options);
  const killAtExit = () => void server.kill();
  process.on("exit", killAtExit);
  try {
    return await use(server);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason} The server's last words: ${server.output.slice(-TOLD_CHARACTERS)}`, { cause: error });
  } finally {
    await server.stop();
    process.off("exit", killAtExit);
  }
}
