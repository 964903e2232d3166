import type { Settings } from "#server/platform/settings.ts";

/** The name under which our secret is known to the engine that we start. */
export const mediaKey = "plenary";

// A closed port here: left out, every browser would be sent to public STUN servers, which tells strangers its address.
const noStun = "127.0.0.1:3478";

/** The engine's whole configuration; JSON is YAML enough for it, and an unknown key would be fatal. */
export function engineConfig(
  settings: Settings,
  { signal, media, webhook }: { signal: number; media: number; webhook: string },
): string {
  return JSON.stringify({
    port: signal,
    // Signalling comes through our proxy only, which asks who may enter.
    bind_addresses: ["127.0.0.1"],
    rtc: settings.isLoopback ? reachableFromHere(media) : reachableFromOutside(settings),
    room: { auto_create: false, empty_timeout: 300, departure_timeout: 20, enable_remote_unmute: false },
    limit: { max_metadata_size: 4096, max_attributes_size: 2048 },
    webhook: { api_key: mediaKey, urls: [webhook], resource_url_notifier: { max_age: "10m", max_depth: 5000 } },
    keys: { [mediaKey]: settings.secrets.media },
    logging: { json: true, level: "warn" },
  });
}

const reachableFromHere = (udpPort: number) => ({
  tcp_port: 0, // it would listen on all interfaces
  udp_port: udpPort,
  node_ip: "127.0.0.1",
  use_external_ip: false,
  enable_loopback_candidate: true,
  interfaces: { includes: [process.platform === "darwin" ? "lo0" : "lo"] },
  stun_servers: [noStun],
});

const reachableFromOutside = ({ mediaAddress, mediaUdpPort, mediaTcpPort }: Settings) => ({
  tcp_port: mediaTcpPort,
  udp_port: mediaUdpPort,
  // Without an address of ours it has to ask a public server for it.
  ...(mediaAddress
    ? { node_ip: mediaAddress, use_external_ip: false, stun_servers: [noStun] }
    : { use_external_ip: true }),
});
