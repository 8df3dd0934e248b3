import type { Check } from "./check.ts";
import { checkAuthority } from "./check-authority.ts";
import { checkBody } from "./check-body.ts";
import { checkId } from "./check-id.ts";
import { checkLimit } from "./check-limit.ts";
import { checkLink } from "./check-link.ts";

/** Id, link, limit, authorise, validate: in this order for every command. */
export const checks: readonly Check[] = [checkId, checkLink, checkLimit, checkAuthority, checkBody];
