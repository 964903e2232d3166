import type sentences from "#locales/en/health.json";

/** Why a part of the installation is not as it should be. */
export interface Fault {
  code: keyof (typeof sentences)["faults"];
  /** An address, or what a program said. */
  detail?: string;
}

/** How a part of the installation is right now. */
export interface PartStatus {
  state: "ready" | "preparing" | "off";
  /** Of preparing, from 0 to 1. */
  progress?: number;
  fault?: Fault;
}

/** Where the media engine is and how we speak to it. */
export interface Media {
  status: () => PartStatus;
  /** The engine's own address and keys; undefined unless `ready`. */
  connection: () => { url: string; apiKey: string; apiSecret: string } | undefined;
}
