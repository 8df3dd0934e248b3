import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { ConfigError, type TlsFiles } from "./read-config.ts";
import { variables } from "./variables.ts";

/** A certificate, with those that it is vouched for by, and its key, in PEM. */
export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}

/** Reads what TLS needs, and makes sure that it belongs together; a server that refused everybody would be found out late. */
export function readTlsIdentity({ certificate, key }: TlsFiles): TlsIdentity {
  const identity = {
    cert: textOf(certificate, variables.tlsCertificate.name),
    key: textOf(key, variables.tlsKey.name),
  };
  const parsed = parsedOr(`${variables.tlsCertificate.name}: ${certificate} is not a certificate in PEM.`, () => {
    return new X509Certificate(identity.cert);
  });
  const privateKey: KeyObject = parsedOr(`${variables.tlsKey.name}: ${key} is not an unencrypted key in PEM.`, () => {
    return createPrivateKey(identity.key);
  });
  if (parsed.checkPrivateKey(privateKey)) return identity;
  throw new ConfigError(`${variables.tlsKey.name}: ${key} is not the key of the certificate ${certificate}.`);
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError(`${name}: ${file} cannot be read.`, { cause: error });
  }
}

function parsedOr<T>(problem: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new ConfigError(problem, { cause: error });
  }
}
