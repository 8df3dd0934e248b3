import {
  AccountService,
  ClientFrameSchema,
  CommandSchema,
  ConversationService,
  ProblemSchema,
  ServerFrameSchema,
} from "@parley/protocol";
import type { Roots } from "./coverage.ts";

const methods = [...AccountService.methods, ...ConversationService.methods];

/** All that can travel on its own: frames, commands (which travel as bytes), calls and their answers, and problems in the details of errors. */
export const roots: Roots = {
  sent: [ClientFrameSchema, CommandSchema, ...methods.map(({ input }) => input)],
  received: [ServerFrameSchema, ProblemSchema, ...methods.map(({ output }) => output)],
  methods,
};

/** What goes over links, whichever transport they are of. */
export const linkRoots: Roots = {
  sent: [ClientFrameSchema, CommandSchema],
  received: [ServerFrameSchema],
  methods: [],
};
