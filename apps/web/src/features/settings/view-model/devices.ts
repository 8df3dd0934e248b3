import type { PrivacyView } from "@parley/client";

export interface SignedInDevice {
  readonly id: string;
  readonly name: string;
  readonly lastSeenAt: number;
  readonly current: boolean;
}

/** What the settings change on the server. All of them reject when it cannot be reached. */
export interface AccountSettings {
  setDisplayName(name: string): Promise<void>;
  /** What is left out stays as it is. */
  setPrivacy(change: Partial<PrivacyView>): Promise<void>;
  devices(): Promise<readonly SignedInDevice[]>;
  revokeDevice(id: string): Promise<void>;
  /** Whether one is an admin of the server, who is given what people report. */
  readsReports(): Promise<boolean>;
}
