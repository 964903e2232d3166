/** Whether live rooms can be had right now. */
export interface MediaStatus {
  state: "ready" | "preparing" | "off";
  /** Of preparing, from 0 to 1. */
  progress?: number;
  reason?: string;
}

/** Where the media engine is and how we speak to it. */
export interface Media {
  status: () => MediaStatus;
  /** The engine's own address and keys; undefined unless `ready`. */
  connection: () => { url: string; apiKey: string; apiSecret: string } | undefined;
}
