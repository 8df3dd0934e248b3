/** A server with another build of the web app than the project's own, whose folder is the program's argument. For `ServerProcess`. */
import { readConfig, startNode } from "@parley/server";

const [, , webFolder = ""] = process.argv;
const onBroken = (error: unknown) => {
  throw error;
};
const { url } = await startNode({ config: readConfig(process.env), webFolder, onBroken });
console.log(`Parley is running at ${url}`);
